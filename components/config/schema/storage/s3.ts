import { z } from "zod";
import { kubernetesName } from "../../fields";
import { bucketName, bucketPrefix, common, origin, prefix, purpose, reach, takeOver } from "./common";
import { certificateAuthority } from "./rook-ceph";

export const s3Schema = z.strictObject({
  kind: z.literal("s3").describe("Which of them this is."),
  endpoint: origin("https://s3.example.com:9000").describe("Where the store answers."),
  managementEndpoint: origin("http://localhost:8333")
    .optional()
    .describe(
      "Where Pulumi itself reaches the store, if not at `endpoint`, which may be known in the cluster alone: the near end of a port-forward.",
    ),
  region: z.string().min(1).default("us-east-1").describe("The region that requests are signed for."),
  pathStyle: z.boolean().default(true).describe("Whether the bucket's name is in the path, and not in the host's name."),
  insecure: z.boolean().default(false).describe("Plain http, for a laptop."),
  ca: certificateAuthority.optional().describe("The authority of its certificate, where workloads don't trust it anyway."),
  product: z
    .enum(["seaweedfs", "minio", "rustfs", "garage", "ceph", "other"])
    .default("other")
    .describe("What runs there: it decides which policies and rules the store can keep."),
  bucketPrefix: bucketPrefix().default("granary").describe("What the buckets' names begin with."),
  ...common,
  users: z
    .record(kubernetesName(), z.string().regex(/^[\w.@-]+$/, { error: "a user's name in the store" }))
    .default({})
    .describe("Which of the store's users a workload's keys belong to, where it isn't called like the workload."),
  buckets: z
    .enum(["make", "use"])
    .default("make")
    .describe("`make` creates buckets with the keys of whoever runs Pulumi; `use` takes them as they are."),
  takeOver: takeOver().describe(
    "Buckets that exist already and are taken over with all that they hold, by purpose; their policies and rules are replaced.",
  ),
  shared: z
    .strictObject({
      bucket: bucketName().describe("The bucket."),
      prefixes: z.record(purpose(), prefix()).describe("The prefix of each purpose."),
    })
    .optional()
    .describe("One bucket for everything, each purpose under a prefix of its own."),
  reach: reach().describe("Where network policies must let the workloads through."),
});
