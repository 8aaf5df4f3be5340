import { z } from "zod";
import { anything, digestPattern, duration, kubernetesName, resources, size } from "../fields";
import { releaseSchema } from "./release";

const regex = (what: string) => z.string().min(1, { error: `${what}: a regular expression (RE2), not empty` });

/** Which pods' lines a rule is for; every part that is given must match. */
const selection = {
  namespaces: z.array(kubernetesName()).min(1).optional().describe("Only pods of these namespaces."),
  apps: z.array(z.string().min(1)).min(1).optional().describe("Only pods whose `app` label is one of these."),
  containers: z.array(z.string().min(1)).min(1).optional().describe("Only containers of these names."),
};

const podLogsSchema = z.strictObject({
  enabled: z.boolean().default(true).describe("Collects what pods write."),
  from: z
    .enum(["files", "kubernetes-api"])
    .default("files")
    .describe("`files` reads /var/log/pods on each node; `kubernetes-api` asks the API server and needs no path of the host to read."),
  dropNamespaces: z
    .array(regex("a namespace to drop"))
    .default(["kube-system", "kube-public", "kube-node-lease"])
    .describe("Namespaces whose lines are not collected; a name or a regular expression that must match all of it."),
  onlyNamespaces: z.array(regex("a namespace to keep")).default([]).describe("When not empty, only these namespaces are collected."),
  podLabels: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe("Further labels of the pod to put on its streams: stream label -> pod label. Each multiplies the number of streams."),
  multiline: z
    .array(
      z.strictObject({
        ...selection,
        firstLine: regex("where an entry begins").describe("A regular expression (RE2) that matches the first line of an entry."),
        maxWait: duration().prefault("3s").describe("How long to wait for the next line of an entry."),
        maxLines: z.int().min(2).max(10_000).default(128).describe("How many lines an entry has at most."),
      }),
    )
    .default([])
    .describe("Lines that belong together, such as stack traces: `firstLine` matches where a new entry begins."),
  dropLines: z
    .array(
      z.strictObject({
        ...selection,
        matching: regex("what to drop").describe("A regular expression (RE2) for lines to throw away."),
        reason: z
          .string()
          .regex(/^[a-z][a-z0-9_]*$/, { error: "a reason: lower case letters, digits and underscores" })
          .describe("Under what name they are counted."),
      }),
    )
    .default([])
    .describe("Lines to throw away, counted under their reason."),
});

/** How logs and traces get from nodes and programs to Loki and Tempo. */
export const collectionSchema = z.strictObject({
  enabled: z.boolean().default(true).describe("Installs Alloy; without it nothing is collected."),
  namespace: kubernetesName()
    .optional()
    .describe("Alloy reads paths of its nodes, which the `restricted` pod security of Loki's namespace refuses: so it has its own."),
  chartVersion: z.string().min(1).default("1.11.1").describe("The version of Alloy's chart."),
  image: z
    .strictObject({
      registry: z
        .string()
        .min(1)
        .optional()
        .describe(
          "A registry that holds both `grafana/alloy` and `prometheus-operator/prometheus-config-reloader`; their own when left out.",
        ),
      tag: z
        .string()
        .regex(/^v[0-9]+\.[0-9]+\.[0-9]+$/, { error: "a released version of Alloy, such as v1.18.1" })
        .default("v1.18.1")
        .describe("A released version of Alloy."),
      digest: z
        .string()
        .regex(digestPattern, { error: "an image digest: sha256: and 64 hexadecimal digits" })
        .optional()
        .describe("Pins the image to its bytes."),
    })
    .prefault({})
    .describe("Which build of Alloy runs."),
  size: z.enum(["homelab", "production"]).default("homelab").describe("Presets of CPU and memory for Alloy; `resources` overrides them."),
  resources: resources().optional().describe("What Alloy may use on each node."),
  positionsPath: z
    .string()
    .regex(/^\/[A-Za-z0-9._/-]+$/, { error: "an absolute path on the node" })
    .default("/var/lib/granary/alloy")
    .describe("Where each node keeps how far its files have been read, so that a restart loses and repeats nothing."),
  tolerations: z
    .array(anything())
    .default([{ operator: "Exists" }])
    .describe("Nodes whose taints no toleration meets are not collected from."),
  priorityClass: z.string().default("system-node-critical").describe("Which pods make room for it on a full node."),
  externalLabels: z.record(z.string(), z.string()).default({}).describe("Put on every line, such as `cluster: prod`."),
  podLogs: podLogsSchema.prefault({}).describe("What pods write."),
  tenants: z
    .record(z.string(), z.array(kubernetesName()).min(1))
    .default({})
    .describe("Which namespaces' lines, events and spans belong to which tenant; all others go to the stack's first."),
  journal: z
    .strictObject({
      enabled: z.boolean().default(false).describe("Collects the journal of each node."),
      path: z.enum(["/var/log/journal", "/run/log/journal"]).default("/var/log/journal").describe("Where the nodes keep their journal."),
      maxAge: duration().prefault("12h").describe("How far back to read on a node's first start."),
    })
    .prefault({})
    .describe("The nodes' systemd journal."),
  events: z
    .strictObject({
      enabled: z.boolean().default(false).describe("Collects events, by one more Alloy for the whole cluster."),
      namespaces: z.array(kubernetesName()).default([]).describe("Only these namespaces; all when empty."),
      volumeSize: size().prefault("1Gi").describe("The volume that holds how far events have been read."),
      storageClass: kubernetesName().optional().describe("The StorageClass of its volume; the cluster's default when left out."),
      extraValues: anything().default({}).describe("Merged over the chart values that Granary sets for the reader of events."),
    })
    .prefault({})
    .describe("Kubernetes events, as lines."),
  traces: z
    .strictObject({
      enabled: z.boolean().default(true).describe("Takes spans by OTLP and sends them to Tempo."),
      queueSize: size().prefault("32Mi").describe("How much of each tenant may wait in memory while Tempo can't be reached."),
    })
    .prefault({})
    .describe("The OTLP receiver for traces."),
  push: z
    .strictObject({
      batchSize: size().prefault("1Mi").describe("How much is sent at once."),
      batchWait: duration().prefault("1s").describe("How long a batch waits to become full."),
      timeout: duration().prefault("30s").describe("How long one attempt may take."),
      minBackoff: duration().prefault("1s").describe("How long to wait after the first failure."),
      maxBackoff: duration().prefault("1m").describe("How long to wait between attempts at most."),
      maxRetries: z.int().min(0).default(0).describe("Attempts before a batch is given up; 0 never gives up, and reading waits instead."),
    })
    .prefault({})
    .describe("How lines are sent to Loki."),
  release: releaseSchema("10m when left out.").describe("How Helm installs and updates Alloy."),
  extraValues: anything()
    .default({})
    .describe(
      "Merged over the chart values that Granary sets for the agents on the nodes; `events.extraValues` are the reader of events' own.",
    ),
});
