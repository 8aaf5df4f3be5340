import { z } from "zod";
import { anything, duration, kubernetesName, resources, size } from "../fields";

const regex = (what: string) => z.string().min(1, { error: `${what}: a regular expression (RE2), not empty` });

/** Which pods' lines a rule is for; every part that is given must match. */
const selection = {
  namespaces: z.array(kubernetesName()).min(1).optional(),
  apps: z.array(z.string().min(1)).min(1).optional(),
  containers: z.array(z.string().min(1)).min(1).optional(),
};

const podLogsSchema = z.strictObject({
  enabled: z.boolean().default(true),
  /** `files` reads /var/log/pods on each node; `kubernetes-api` asks the API server and needs no path of the host to read. */
  from: z.enum(["files", "kubernetes-api"]).default("files"),
  /** Namespaces whose lines are not collected; a name or a regular expression that must match all of it. */
  dropNamespaces: z.array(regex("a namespace to drop")).default(["kube-system", "kube-public", "kube-node-lease"]),
  /** When not empty, only these namespaces are collected. */
  onlyNamespaces: z.array(regex("a namespace to keep")).default([]),
  /** Further labels of the pod to put on its streams: stream label -> pod label. Each multiplies the number of streams. */
  podLabels: z.record(z.string(), z.string().min(1)).default({}),
  /** Lines that belong together, such as stack traces: `firstLine` matches where a new entry begins. */
  multiline: z
    .array(
      z.strictObject({
        ...selection,
        firstLine: regex("where an entry begins"),
        maxWait: duration().prefault("3s"),
        maxLines: z.int().min(2).max(10_000).default(128),
      }),
    )
    .default([]),
  /** Lines to throw away, counted under their reason. */
  dropLines: z
    .array(
      z.strictObject({
        ...selection,
        matching: regex("what to drop"),
        reason: z.string().regex(/^[a-z][a-z0-9_]*$/, { error: "a reason: lower case letters, digits and underscores" }),
      }),
    )
    .default([]),
});

/** How logs and traces get from nodes and programs to Loki and Tempo. */
export const collectionSchema = z.strictObject({
  enabled: z.boolean().default(true),
  /** Alloy reads paths of its nodes, which the `restricted` pod security of Loki's namespace refuses: so it has its own. */
  namespace: kubernetesName().optional(),
  chartVersion: z.string().min(1).default("1.11.1"),
  image: z
    .strictObject({
      /** A registry that holds both `grafana/alloy` and `prometheus-operator/prometheus-config-reloader`; their own when left out. */
      registry: z.string().min(1).optional(),
      tag: z
        .string()
        .regex(/^v[0-9]+\.[0-9]+\.[0-9]+$/, { error: "a released version of Alloy, such as v1.18.1" })
        .default("v1.18.1"),
      digest: z
        .string()
        .regex(/^sha256:[0-9a-f]{64}$/, { error: "an image digest: sha256: and 64 hexadecimal digits" })
        .optional(),
    })
    .prefault({}),
  size: z.enum(["homelab", "production"]).default("homelab"),
  resources: resources().optional(),
  /** Where each node keeps how far its files have been read, so that a restart loses and repeats nothing. */
  positionsPath: z
    .string()
    .regex(/^\/[A-Za-z0-9._/-]+$/, { error: "an absolute path on the node" })
    .default("/var/lib/granary/alloy"),
  /** Nodes whose taints no toleration meets are not collected from. */
  tolerations: z.array(anything()).default([{ operator: "Exists" }]),
  priorityClass: z.string().default("system-node-critical"),
  /** Put on every line, such as `cluster: prod`. */
  externalLabels: z.record(z.string(), z.string()).default({}),
  podLogs: podLogsSchema.prefault({}),
  /** Which namespaces' lines, events and spans belong to which tenant; all others go to the stack's first. */
  tenants: z.record(z.string(), z.array(kubernetesName()).min(1)).default({}),
  journal: z
    .strictObject({
      enabled: z.boolean().default(false),
      path: z.enum(["/var/log/journal", "/run/log/journal"]).default("/var/log/journal"),
      /** How far back to read on a node's first start. */
      maxAge: duration().prefault("12h"),
    })
    .prefault({}),
  events: z
    .strictObject({
      enabled: z.boolean().default(false),
      /** Only these namespaces; all when empty. */
      namespaces: z.array(kubernetesName()).default([]),
      /** For how far events have been read. */
      volumeSize: size().prefault("1Gi"),
      storageClass: kubernetesName().optional(),
      /** Merged over the chart values that Granary sets for the reader of events. */
      extraValues: anything().default({}),
    })
    .prefault({}),
  /** The OTLP receiver for traces. */
  traces: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** How much of each tenant may wait in memory while Tempo can't be reached. */
      queueSize: size().prefault("32Mi"),
    })
    .prefault({}),
  push: z
    .strictObject({
      batchSize: size().prefault("1Mi"),
      batchWait: duration().prefault("1s"),
      timeout: duration().prefault("30s"),
      minBackoff: duration().prefault("1s"),
      maxBackoff: duration().prefault("1m"),
      /** Attempts before a batch is given up; 0 never gives up, and reading waits instead. */
      maxRetries: z.int().min(0).default(0),
    })
    .prefault({}),
  /** Merged over the chart values that Granary sets for the agents on the nodes; `events.extraValues` are the reader of events' own. */
  extraValues: anything().default({}),
});
