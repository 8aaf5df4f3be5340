// A bucket as it should be. Everything in it is plain text, so a preview shows it and a policy pack can read it.
export interface BucketInputs {
  readonly endpoint: string;
  readonly region: string;
  readonly pathStyle: boolean;
  readonly bucket: string;
  readonly versioning: boolean;
  /** JSON; left out, the bucket has none. */
  readonly policy?: string;
  /** JSON; left out, the bucket has none. */
  readonly lifecycle?: string;
  /** Deletes all objects with the bucket. */
  readonly forceDestroy: boolean;
}
