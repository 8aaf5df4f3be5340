import { z } from "zod";
import { duration, kubernetesName } from "../fields";

const workloadName = () =>
  z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, {
    error: "a workload's name, such as loki or tempo: lower case letters, digits and hyphens, 40 at most",
  });

const webAddress = (example: string) => z.url({ protocol: /^https?$/, error: `an address with its scheme, such as ${example}` });

const secretKey = (example: string) =>
  z.strictObject({
    name: kubernetesName().describe("The Secret's name, in the namespace of the SecretStore."),
    key: z
      .string()
      .min(1, { error: `a key of that Secret, such as ${example}` })
      .describe("Its key with the token."),
  });

const onepasswordConnect = z.strictObject({
  kind: z.literal("onepassword-connect").describe("Which of them this is."),
  host: webAddress("https://onepassword-connect.example.com").describe("Where 1Password Connect answers."),
  vault: z.string().min(1).describe("The vault that the items are in."),
  token: secretKey("token").describe("The Secret with Connect's token."),
});

const onepasswordSdk = z.strictObject({
  kind: z.literal("onepassword-sdk").describe("Which of them this is."),
  vault: z.string().min(1).describe("The vault that the items are in."),
  serviceAccountToken: secretKey("token").describe("The Secret with the service account's token."),
});

const vault = z.strictObject({
  kind: z.literal("vault").describe("Which of them this is."),
  server: webAddress("https://vault.example.com:8200").describe("Where Vault answers."),
  path: z.string().min(1).default("secret").describe("The key-value engine's mount."),
  version: z.enum(["v1", "v2"]).default("v2").describe("The version of the key-value engine."),
  role: z.string().min(1).describe("The role of Vault's that the service account may take."),
  mountPath: z.string().min(1).default("kubernetes").describe("Where the Kubernetes login is mounted."),
  serviceAccount: kubernetesName().describe("The service account that logs in."),
});

const awsSecretsManager = z.strictObject({
  kind: z.literal("aws-secrets-manager").describe("Which of them this is."),
  region: z
    .string()
    .regex(/^[a-z]{2}(?:-[a-z]+)+-[0-9]$/, { error: "an AWS region, such as eu-central-1" })
    .describe("The region of the secrets."),
  serviceAccount: kubernetesName().optional().describe("Runs with a role of its own; left out, the operator's own identity is used."),
});

const kubernetes = z.strictObject({
  kind: z.literal("kubernetes").describe("Which of them this is."),
  namespace: kubernetesName().describe("The namespace that holds the Secrets to copy."),
  serviceAccount: kubernetesName().describe("The service account that may read them."),
});

/** A store that exists already, or one that Granary makes beside each workload. */
const secretStore = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.enum(["ClusterSecretStore", "SecretStore"]).describe("What kind of store."),
    name: kubernetesName().describe("Its name."),
  }),
  onepasswordConnect,
  onepasswordSdk,
  vault,
  awsSecretsManager,
  kubernetes,
]);

/** Where one workload's keys are in the outside store. */
const remoteKeys = z.strictObject({
  key: z.string().min(1).describe("The item, path or secret that holds both."),
  previousKey: z.string().min(1).optional().describe("The pair before, which a store that takes two accepts meanwhile."),
  accessKeyId: z.string().min(1).default("access-key-id").describe("The field with the access key's id."),
  secretAccessKey: z.string().min(1).default("secret-access-key").describe("The field with the secret access key."),
});

const source = z.discriminatedUnion("kind", [
  /** Granary makes the keys and gives them to the store; only a store whose users it makes can take them. */
  z.strictObject({ kind: z.literal("made").describe("Which of them this is.") }),
  /** Under `granary:keys`, as Pulumi secrets. */
  z.strictObject({ kind: z.literal("pulumi").describe("Which of them this is.") }),
  /** Kubernetes Secrets that exist already, by workload; each holds AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
  z.strictObject({
    kind: z.literal("existing").describe("Which of them this is."),
    secrets: z.record(workloadName(), kubernetesName()).describe("The Secrets by workload, such as `loki: loki-object-store`."),
  }),
  /** The External Secrets Operator fetches them. */
  z.strictObject({
    kind: z.literal("external").describe("Which of them this is."),
    store: secretStore.describe("The outside store."),
    refreshInterval: duration().prefault("1h").describe("How often the operator looks for changed keys."),
    remote: z.record(workloadName(), remoteKeys).describe("Where each workload's keys are in the outside store."),
  }),
]);

/** A new generation is a new pair of keys; the one before stays valid until it is retired. */
const rotation = z.strictObject({
  generation: z
    .int()
    .min(1)
    .max(9999)
    .describe("Counted up, it asks for new keys or, where they are changed outside, for a restart of the pods."),
  keepPrevious: z.boolean().optional().describe("Of keys that Granary makes; left out, it does."),
});

/** Where the workloads' keys come from. Left out: `made` for rook-ceph, `pulumi` for hetzner, and for s3 it must be said; AWS uses roles. */
export const secretsSchema = z.strictObject({
  source: source.optional().describe("Where keys come from. Left out: `made` for rook-ceph, `pulumi` for hetzner; AWS uses roles."),
  rotation: z.record(workloadName(), rotation).default({}).describe("By workload, which generation of keys is in use."),
});

const accessKeyId = () => z.string().regex(/^[\w.+=/-]{3,128}$/, { error: "an access key's id: 3 to 128 letters, digits and . _ + = / -" });
const secretAccessKey = () => z.string().min(8, { error: "a secret access key of 8 characters or more" });
const keyPair = z.strictObject({
  accessKeyId: accessKeyId().describe("The access key's id."),
  secretAccessKey: secretAccessKey().describe("The secret access key."),
});

/** `granary:keys`, a Pulumi secret as a whole: the keys of each workload that gets them from there. */
export const keysSchema = z.record(
  workloadName(),
  keyPair.extend({ previous: keyPair.optional().describe("The pair before, which the store accepts meanwhile.") }),
);

export type SecretsConfig = z.output<typeof secretsSchema>;
export type KeysSource = z.output<typeof source>;
export type SecretStoreConfig = z.output<typeof secretStore>;
export type Keys = z.output<typeof keysSchema>;
