import { z } from "zod";
import { kubernetesName, size } from "../../fields";
import { onDestroy, purpose } from "./common";

/** Volumes instead of an object store: one replica, no other copy. */
export const filesystemSchema = z.strictObject({
  kind: z.literal("filesystem").describe("Which of them this is."),
  storageClass: kubernetesName().optional().describe("The StorageClass of all volumes; the cluster's default when left out."),
  volumes: z
    .record(
      purpose(),
      z.strictObject({
        size: size().describe("The volume's size."),
        storageClass: kubernetesName().optional().describe("The volume's StorageClass."),
      }),
    )
    .default({})
    .describe("Sizes and classes, by purpose."),
  perDay: z.record(purpose(), size()).default({}).describe("What is written in a day, to compare volumes with retention."),
  onDestroy: onDestroy().describe("What `pulumi destroy` does to the data."),
});
