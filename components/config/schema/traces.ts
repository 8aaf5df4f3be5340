import { z } from "zod";
import { anything, duration, image, kubernetesName, resources, size } from "../fields";
import { releaseSchema } from "./release";

const blocksSchema = z.strictObject({
  maxDuration: duration().prefault("30m").describe("A block is closed and uploaded after so long, or when it is this large."),
  maxSize: size().prefault("500Mi").describe("A block is closed and uploaded when it is this large."),
  compactedRetention: duration()
    .prefault("1h")
    .describe("Blocks that compaction has replaced stay so long for queries that still read them."),
});

const limitsSchema = z.strictObject({
  ingestionRate: size().prefault("15Mi").describe("Bytes a second that are taken in, over all senders of one tenant."),
  ingestionBurst: size().prefault("20Mi").describe("Bytes that are taken in at once above the rate."),
  maxTraceSize: size().prefault("5Mi").describe("The largest trace that is kept."),
  maxLiveTraces: z.int().min(1).default(10_000).describe("How many unfinished traces a tenant may have at a time."),
});

const searchSchema = z.strictObject({
  maxDuration: duration().prefault("7d").describe("The longest span of time that one search may cover."),
  defaultLimit: z.int().min(1).default(20).describe("How many traces a search answers with when it doesn't say."),
  maxLimit: z.int().min(1).default(500).describe("How many traces a search may ask for."),
});

/** Metrics made of spans: service graph and request rates. They need a Prometheus to be written to. */
const metricsGeneratorSchema = z.strictObject({
  remoteWriteUrl: z
    .url({ protocol: /^https?$/, error: "a URL, such as http://prometheus.monitoring.svc:9090/api/v1/write" })
    .optional()
    .describe("Where the metrics go; without it none are made."),
  processors: z
    .array(z.enum(["service-graphs", "span-metrics"]))
    .min(1)
    .prefault(["service-graphs", "span-metrics"])
    .describe("Which metrics are made."),
});

/** Only for `kind: tempostack`. */
const operatorSchema = z.strictObject({
  totalResources: resources().optional().describe("Of all components together; the operator divides it."),
  replicationFactor: z
    .union([z.literal(1), z.literal(3)])
    .optional()
    .describe("How many copies of each span there are until it is in the bucket."),
  caConfigMap: kubernetesName()
    .optional()
    .describe("A ConfigMap with the store's certificate authority under `service-ca.crt`: the operator takes no Secret for it."),
  httpEncryption: z
    .boolean()
    .optional()
    .describe(
      "Whether the operator's gate of that name is open, as it is unless the operator is told otherwise: metrics are then read over TLS, with certificates that the operator makes.",
    ),
});

export const tracesSchema = z.strictObject({
  enabled: z.boolean().default(true).describe("Installs Tempo."),
  retention: duration().prefault("14d").describe("How long traces are kept."),
  kind: z
    .enum(["monolithic", "tempostack"])
    .default("monolithic")
    .describe("One program by its chart, or many by the Tempo operator, which must be installed."),
  size: z.enum(["homelab", "production"]).default("homelab").describe("Presets of CPU, memory and volumes."),
  resources: resources().optional().describe("What Tempo may use, instead of the size's."),
  disk: size().optional().describe("The volume for its write-ahead log, instead of the size's."),
  storageClass: kubernetesName().optional().describe("The StorageClass of its volumes; the cluster's default when left out."),
  image: image("grafana/tempo", "2.10.8", "Tempo's version, of the line 2.10.").describe("Which build of Tempo runs."),
  blocks: blocksSchema.prefault({}).describe("When spans leave the disk as one block."),
  limits: limitsSchema.prefault({}).describe("What a tenant may send."),
  search: searchSchema.prefault({}).describe("What a search may ask for."),
  metricsGenerator: metricsGeneratorSchema.prefault({}).describe("Metrics made of spans: service graph and request rates."),
  jaegerUi: z.boolean().default(false).describe("Runs Jaeger's user interface in front of Tempo."),
  operator: operatorSchema.prefault({}).describe("Only for `kind: tempostack`."),
  release: releaseSchema("15m when left out.").describe("How Helm installs and updates Tempo. Only for `kind: monolithic`."),
  extraValues: anything().default({}).describe("The way out: laid over the chart's values, last."),
  extraConfig: anything().default({}).describe("Laid over Tempo's configuration, last."),
});
