// What an error of a store means for the user who runs Pulumi, and what to do next.
import { operationOf } from "./client";

const unreachable =
  "nothing answers there. A port-forward ends when the store's pod restarts: start it again. Where only the cluster knows the address, forward the store's port and set granary:storage.managementEndpoint";

const untrusted =
  "Node.js does not trust the certificate; set NODE_EXTRA_CA_CERTS to a file with the certificate of its authority, where Pulumi runs";

const denied =
  "the key that Pulumi runs with may not do this; use a key that may create buckets and change their policies. For Hetzner its id belongs into granary:storage.administratorKeyIds";

const advice: Readonly<Record<string, string>> = {
  AccessDenied: denied,
  // An answer to HEAD has no body, and so no code.
  "403": denied,
  Forbidden: denied,
  BucketAlreadyExists: "someone else holds a bucket of this name; choose another granary:storage.bucketPrefix",
  BucketNotEmpty: "it holds objects; only a stack with granary:storage.onDestroy: delete-all-data deletes them",
  CredentialsProviderError: "no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, where Pulumi runs",
  InvalidAccessKeyId: "the store doesn't know the key that Pulumi runs with",
  NotImplemented: "the store lacks this operation; set granary:storage.product to what runs there, so that Granary does not use it",
  QuotaExceeded: "the bucket's owner or the bucket has used up its quota; raise the quota at the store",
  RequestTimeTooSkewed: "the clocks of the store and of the machine that runs Pulumi differ by more than 15 minutes; correct the wrong one",
  SignatureDoesNotMatch: "the secret access key that Pulumi runs with is not the one of its access key",
  // Node.js names these by their code.
  ECONNREFUSED: unreachable,
  ECONNRESET: "the store closed the connection; check that the scheme, http or https, is the one that its port speaks",
  EAI_AGAIN: unreachable,
  EHOSTUNREACH: unreachable,
  ENOTFOUND: unreachable,
  EPIPE: unreachable,
  ETIMEDOUT: unreachable,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  EPROTO: "the store does not speak TLS there; check the scheme and the port of granary:storage.endpoint or managementEndpoint",
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
};

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message } = error;
  const nodeCode = (error as { code?: string }).code;
  const said = message && message !== "UnknownError" && message !== name ? message : undefined;
  const operation = operationOf(error);
  const code = [name === "Error" ? undefined : name, nodeCode === name ? undefined : nodeCode].filter(Boolean).join(": ");
  const what = operation && code ? `${code} on ${operation}` : code;
  const reason = advice[name] ?? advice[nodeCode ?? ""] ?? said;
  return [what, reason].filter(Boolean).join(": ");
}
