import { z } from "zod";
import { cidr, kubernetesName } from "../../fields";
import { bucketName, bucketPrefix, common, origin, prefix, purpose } from "./common";
import { certificateAuthority } from "./rook-ceph";

/** Where network policies must let the workloads through. */
const reach = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("namespace"),
    namespace: kubernetesName(),
    podLabels: z.record(z.string(), z.string()),
    port: z.int().min(1).max(65535),
  }),
  z.strictObject({ kind: z.literal("cidrs"), cidrs: z.array(cidr()).min(1), port: z.int().min(1).max(65535) }),
]);

export const s3Schema = z.strictObject({
  kind: z.literal("s3"),
  endpoint: origin("https://s3.example.com:9000"),
  region: z.string().min(1).default("us-east-1"),
  pathStyle: z.boolean().default(true),
  /** Plain http, for a laptop. */
  insecure: z.boolean().default(false),
  ca: certificateAuthority.optional(),
  /** What runs there: it decides which policies and rules the store can keep. */
  product: z.enum(["seaweedfs", "minio", "rustfs", "garage", "ceph", "other"]).default("other"),
  bucketPrefix: bucketPrefix().default("granary"),
  ...common,
  /** Which of the store's users a workload's keys belong to, where it isn't called like the workload. */
  users: z.record(kubernetesName(), z.string().regex(/^[\w.@-]+$/, { error: "a user's name in the store" })).default({}),
  /** `make` creates buckets with the keys of whoever runs Pulumi; `use` takes them as they are. */
  buckets: z.enum(["make", "use"]).default("make"),
  /** One bucket for everything, each purpose under a prefix of its own. */
  shared: z.strictObject({ bucket: bucketName(), prefixes: z.record(purpose(), prefix()) }).optional(),
  reach,
});
