import { z } from "zod";
import { duration, kubernetesName } from "../fields";

const operatorsSchema = z.strictObject({
  wait: z
    .boolean()
    .default(true)
    .describe(
      "Waits until the operators report their objects ready: CephObjectStore, CephObjectStoreUser, ObjectBucketClaim, SecretStore, ExternalSecret, TempoStack. Set it to `false` where an operator is installed only after the first `up`.",
    ),
  timeout: duration()
    .prefault("10m")
    .describe(
      "How long one of these objects may take before `up` fails. Raise it for a slow Ceph cluster or slow image pulls. Example: `20m`.",
    ),
});

export const clusterSchema = z.strictObject({
  context: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Context of the kubeconfig; the current context when left out. The kubeconfig is the environment's: `KUBECONFIG`, or `~/.kube/config`. Another context, path or API server address is no change for the objects of the stack.",
    ),
  operators: operatorsSchema.prefault({}).describe("Operators of the cluster: Rook, External Secrets, Tempo."),
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
