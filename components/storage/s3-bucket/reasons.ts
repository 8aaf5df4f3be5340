// What a store's refusal means for whoever runs Pulumi.
const advice: Readonly<Record<string, string>> = {
  AccessDenied: "the key that Pulumi runs with may not do this; for Hetzner its id belongs into granary:storage.administratorKeyIds",
  BucketAlreadyExists: "someone else holds a bucket of this name; choose another granary:storage.bucketPrefix",
  BucketNotEmpty: "it holds objects; only a stack with granary:storage.onDestroy: delete-all-data deletes them",
  CredentialsProviderError: "no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, where Pulumi runs",
  InvalidAccessKeyId: "the store doesn't know the key that Pulumi runs with",
  SignatureDoesNotMatch: "the secret access key that Pulumi runs with is not the one of its access key",
};

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message } = error;
  const code = (error as { code?: string }).code;
  const said = message && message !== "UnknownError" && message !== name ? message : undefined;
  const known = advice[name];
  if (known) return `${name}: ${known}`;
  return [name === "Error" ? undefined : name, code, said].filter(Boolean).join(": ");
}
