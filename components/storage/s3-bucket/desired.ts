// A bucket as it should be. Everything in it is plain text, so a preview shows it and a policy pack can read it.
export interface BucketInputs {
  /** Where the workloads reach it: with the bucket's name, what it is. */
  readonly endpoint: string;
  /** Where Pulumi reaches it, if not there. */
  readonly managementEndpoint?: string;
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
  /** A bucket that exists already is taken over as it is and changed to this, instead of refused. */
  readonly takeOver?: boolean;
}
