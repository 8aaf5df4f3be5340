import { z } from "zod";
import { kubernetesName, size } from "../../fields";
import { onDestroy, purpose } from "./common";

/** Volumes instead of an object store: one replica, no other copy. */
export const filesystemSchema = z.strictObject({
  kind: z.literal("filesystem"),
  /** Left out, the cluster's default. */
  storageClass: kubernetesName().optional(),
  volumes: z.record(purpose(), z.strictObject({ size: size(), storageClass: kubernetesName().optional() })).default({}),
  /** What is written in a day, to compare volumes with retention. */
  perDay: z.record(purpose(), size()).default({}),
  onDestroy: onDestroy(),
});
