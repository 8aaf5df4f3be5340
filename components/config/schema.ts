// The one source of what a stack may say: it validates, gives types and defaults, and yields the JSON Schema for editors.
import { z } from "zod";
import { kubernetesName } from "./fields";
import { collectionSchema } from "./schema/collection";
import { logsSchema } from "./schema/logs";
import { networkSchema } from "./schema/network";
import { observeSchema } from "./schema/observe";
import { keysSchema, secretsSchema } from "./schema/secrets";
import { storageSchema } from "./schema/storage";
import { tenantsSchema } from "./schema/tenants";
import { tracesSchema } from "./schema/traces";

const clusterSchema = z.strictObject({
  /** The context of the kubeconfig to use; the current one when left out. */
  context: z.string().min(1).optional(),
  /** Granary's own namespaces that are there already, as they must be where a Secret has to be in one of them before the first `up`. It makes all others. */
  existingNamespaces: z.array(kubernetesName()).default([]),
});

export const granarySchema = z.strictObject({
  environment: z.enum(["local", "development", "staging", "production"]),
  namespace: kubernetesName().default("observability"),
  cluster: clusterSchema.prefault({}),
  storage: storageSchema,
  secrets: secretsSchema.prefault({}),
  /** A Pulumi secret as a whole, because Pulumi tells no more than that. */
  keys: keysSchema.optional(),
  logs: logsSchema.prefault({}),
  traces: tracesSchema.prefault({}),
  collection: collectionSchema.prefault({}),
  observe: observeSchema.prefault({}),
  network: networkSchema.prefault({}),
  tenants: tenantsSchema.prefault([]),
});

export type GranaryConfig = z.output<typeof granarySchema>;
export type GranaryInput = z.input<typeof granarySchema>;
