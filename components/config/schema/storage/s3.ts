import { z } from "zod";
import { kubernetesName } from "../../fields";
import { bucketName, bucketPrefix, common, origin, prefix, purpose, reach, takeOver } from "./common";
import { certificateAuthority } from "./rook-ceph";

export const s3Schema = z.strictObject({
  kind: z.literal("s3"),
  endpoint: origin("https://s3.example.com:9000"),
  /** Where Pulumi itself reaches the store, if not at `endpoint`, which may be known in the cluster alone: the near end of a port-forward. */
  managementEndpoint: origin("http://localhost:8333").optional(),
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
  takeOver: takeOver(),
  /** One bucket for everything, each purpose under a prefix of its own. */
  shared: z.strictObject({ bucket: bucketName(), prefixes: z.record(purpose(), prefix()) }).optional(),
  reach: reach(),
});
