// The one source of what a stack may say: it validates, gives types and defaults, and yields the JSON Schema for editors.
import { z } from "zod";
import { duration, kubernetesName } from "./fields";
import { collectionSchema } from "./schema/collection";
import { logsSchema } from "./schema/logs";
import { networkSchema } from "./schema/network";
import { observeSchema } from "./schema/observe";
import { keysSchema, secretsSchema } from "./schema/secrets";
import { storageSchema } from "./schema/storage";
import { tenantsSchema } from "./schema/tenants";
import { tracesSchema } from "./schema/traces";

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

const clusterSchema = z.strictObject({
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
});

export const granarySchema = z.strictObject({
  environment: z
    .enum(["local", "development", "staging", "production"])
    .describe("What the stack is for; staging and production are held to stricter rules."),
  namespace: kubernetesName().default("observability").describe("Where Loki and Tempo run."),
  cluster: clusterSchema.prefault({}).describe("Which cluster, and what is there already."),
  storage: storageSchema.describe("Where logs and traces are kept; each kind has settings of its own."),
  secrets: secretsSchema.prefault({}).describe("Where the workloads' keys for the store come from, and how they change."),
  keys: keysSchema.optional().describe("A Pulumi secret as a whole, because Pulumi tells no more than that."),
  logs: logsSchema.prefault({}).describe("Loki."),
  traces: tracesSchema.prefault({}).describe("Tempo."),
  collection: collectionSchema.prefault({}).describe("Alloy, which brings logs and traces from nodes and programs to Loki and Tempo."),
  observe: observeSchema.prefault({}).describe("Data sources, dashboards, metrics and alerts."),
  network: networkSchema.prefault({}).describe("Network policies: nothing in or out of Granary's namespaces but what is used."),
  tenants: tenantsSchema.prefault([]).describe("Teams whose logs and traces are kept apart; with none, there is one for all."),
});

export type GranaryConfig = z.output<typeof granarySchema>;
