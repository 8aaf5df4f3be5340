import { z } from "zod";
import { duration, kubernetesName } from "../fields";

const workloadName = () =>
  z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, {
    error: "a workload's name, such as loki or tempo: lower case letters, digits and hyphens, 40 at most",
  });

const webAddress = (example: string) => z.url({ protocol: /^https?$/, error: `an address with its scheme, such as ${example}` });

const secretKey = (example: string) =>
  z.strictObject({
    /** The Secret's name, in the namespace of the SecretStore. */
    name: kubernetesName(),
    key: z.string().min(1, { error: `a key of that Secret, such as ${example}` }),
  });

const onepasswordConnect = z.strictObject({
  kind: z.literal("onepassword-connect"),
  host: webAddress("https://onepassword-connect.example.com"),
  vault: z.string().min(1),
  token: secretKey("token"),
});

const onepasswordSdk = z.strictObject({
  kind: z.literal("onepassword-sdk"),
  vault: z.string().min(1),
  serviceAccountToken: secretKey("token"),
});

const vault = z.strictObject({
  kind: z.literal("vault"),
  server: webAddress("https://vault.example.com:8200"),
  /** The key-value engine's mount. */
  path: z.string().min(1).default("secret"),
  version: z.enum(["v1", "v2"]).default("v2"),
  role: z.string().min(1),
  /** Where the Kubernetes login is mounted. */
  mountPath: z.string().min(1).default("kubernetes"),
  serviceAccount: kubernetesName(),
});

const awsSecretsManager = z.strictObject({
  kind: z.literal("aws-secrets-manager"),
  region: z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-[0-9]$/, { error: "an AWS region, such as eu-central-1" }),
  /** Runs with a role of its own; left out, the operator's own identity is used. */
  serviceAccount: kubernetesName().optional(),
});

const kubernetes = z.strictObject({
  kind: z.literal("kubernetes"),
  /** The namespace that holds the Secrets to copy. */
  namespace: kubernetesName(),
  serviceAccount: kubernetesName(),
});

/** A store that exists already, or one that Granary makes beside each workload. */
const secretStore = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["ClusterSecretStore", "SecretStore"]), name: kubernetesName() }),
  onepasswordConnect,
  onepasswordSdk,
  vault,
  awsSecretsManager,
  kubernetes,
]);

/** Where one workload's keys are in the outside store. */
const remoteKeys = z.strictObject({
  /** The item, path or secret that holds both. */
  key: z.string().min(1),
  /** The pair before, which a store that takes two accepts meanwhile. */
  previousKey: z.string().min(1).optional(),
  accessKeyId: z.string().min(1).default("access-key-id"),
  secretAccessKey: z.string().min(1).default("secret-access-key"),
});

const source = z.discriminatedUnion("kind", [
  /** Granary makes the keys and gives them to the store; only a store whose users it makes can take them. */
  z.strictObject({ kind: z.literal("made") }),
  /** Under `granary:keys`, as Pulumi secrets. */
  z.strictObject({ kind: z.literal("pulumi") }),
  /** Kubernetes Secrets that exist already, by workload; each holds AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
  z.strictObject({ kind: z.literal("existing"), secrets: z.record(workloadName(), kubernetesName()) }),
  /** The External Secrets Operator fetches them. */
  z.strictObject({
    kind: z.literal("external"),
    store: secretStore,
    refreshInterval: duration().prefault("1h"),
    remote: z.record(workloadName(), remoteKeys),
  }),
]);

/** A new generation is a new pair of keys; the one before stays valid until it is retired. */
const rotation = z.strictObject({
  generation: z.int().min(1).max(9999),
  /** Of keys that Granary makes; left out, it does. */
  keepPrevious: z.boolean().optional(),
});

/** Where the workloads' keys come from. Left out: `made` for rook-ceph, `pulumi` for hetzner, and for s3 it must be said; AWS uses roles. */
export const secretsSchema = z.strictObject({
  source: source.optional(),
  rotation: z.record(workloadName(), rotation).default({}),
});

const accessKeyId = () => z.string().regex(/^[\w.+=/-]{3,128}$/, { error: "an access key's id: 3 to 128 letters, digits and . _ + = / -" });
const secretAccessKey = () => z.string().min(8, { error: "a secret access key of 8 characters or more" });
const keyPair = z.strictObject({ accessKeyId: accessKeyId(), secretAccessKey: secretAccessKey() });

/** `granary:keys`, a Pulumi secret as a whole: the keys of each workload that gets them from there. */
export const keysSchema = z.record(workloadName(), keyPair.extend({ previous: keyPair.optional() }));

export type SecretsConfig = z.output<typeof secretsSchema>;
export type KeysSource = z.output<typeof source>;
export type SecretStoreConfig = z.output<typeof secretStore>;
export type Keys = z.output<typeof keysSchema>;
