// The one source of what a stack may say: it validates, gives types and defaults, and yields the JSON Schema for editors.
import { z } from "zod";
import { kubernetesName } from "./fields";
import { clusterSchema } from "./schema/cluster";
import { collectionSchema } from "./schema/collection";
import { logsSchema } from "./schema/logs";
import { networkSchema } from "./schema/network";
import { observeSchema } from "./schema/observe";
import { keysSchema, secretsSchema } from "./schema/secrets";
import { storageSchema } from "./schema/storage";
import { tenantsSchema } from "./schema/tenants";
import { tracesSchema } from "./schema/traces";

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
