import { z } from "zod";
import { kubernetesName } from "../fields";

export const clusterSchema = z.strictObject({
  context: z.string().min(1).optional().describe("The context of the kubeconfig to use; the current one when left out."),
  existingNamespaces: z
    .array(kubernetesName())
    .default([])
    .describe(
      "Granary's own namespaces that are there already, as they must be where a Secret has to be in one of them before the first `up`. It makes all others.",
    ),
  nodes: z
    .int()
    .min(1)
    .optional()
    .describe(
      "Number of nodes that can run Granary's pods. Set it on small clusters: Granary then rejects more replicas than nodes before it changes anything. Set it on clusters of 10 nodes and more: an update of Alloy then succeeds while a tenth of the nodes is down. Example: `1`.",
    ),
  spread: z
    .enum(["required", "preferred"])
    .default("required")
    .describe(
      "Whether replicas of one program must run on different nodes. `required`: the loss of a node loses one replica at most; replicas without a node of their own stay Pending. `preferred`: replicas share a node where there is no other. Set it on clusters with fewer nodes than replicas.",
    ),
});
