import { z } from "zod";
import { anything, duration, kubernetesName, resources, size } from "../fields";

const imageSchema = z.strictObject({
  registry: z.string().min(1).default("docker.io"),
  repository: z.string().min(1).default("grafana/tempo"),
  tag: z.string().min(1).default("2.10.8"),
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, { error: "a digest, such as sha256: and 64 hexadecimal digits" })
    .optional(),
});

const blocksSchema = z.strictObject({
  /** A block is closed and uploaded after so long, or when it is this large. */
  maxDuration: duration().prefault("30m"),
  maxSize: size().prefault("500Mi"),
  /** Blocks that compaction has replaced stay so long for queries that still read them. */
  compactedRetention: duration().prefault("1h"),
});

const limitsSchema = z.strictObject({
  /** A second, over all senders of one tenant. */
  ingestionRate: size().prefault("15Mi"),
  ingestionBurst: size().prefault("20Mi"),
  maxTraceSize: size().prefault("5Mi"),
  maxLiveTraces: z.int().min(1).default(10_000),
});

const searchSchema = z.strictObject({
  /** The longest span of time that one search may cover. */
  maxDuration: duration().prefault("7d"),
  defaultLimit: z.int().min(1).default(20),
  maxLimit: z.int().min(1).default(500),
});

/** Metrics made of spans: service graph and request rates. They need a Prometheus to be written to. */
const metricsGeneratorSchema = z.strictObject({
  remoteWriteUrl: z.url({ protocol: /^https?$/, error: "a URL, such as http://prometheus.monitoring.svc:9090/api/v1/write" }).optional(),
  processors: z
    .array(z.enum(["service-graphs", "span-metrics"]))
    .min(1)
    .prefault(["service-graphs", "span-metrics"]),
});

/** Only for `kind: tempostack`. */
const operatorSchema = z.strictObject({
  /** Of all components together; the operator divides it. */
  totalResources: resources().optional(),
  replicationFactor: z.union([z.literal(1), z.literal(3)]).optional(),
  /** A ConfigMap with the store's certificate authority under `service-ca.crt`: the operator takes no Secret for it. */
  caConfigMap: kubernetesName().optional(),
  /** Whether the operator's gate of that name is open, as it is unless the operator is told otherwise: metrics are then read over TLS, with certificates that the operator makes. */
  httpEncryption: z.boolean().optional(),
});

export const tracesSchema = z.strictObject({
  enabled: z.boolean().default(true),
  retention: duration().prefault("14d"),
  /** One program by its chart, or many by the Tempo operator, which must be installed. */
  kind: z.enum(["monolithic", "tempostack"]).default("monolithic"),
  size: z.enum(["homelab", "production"]).default("homelab"),
  resources: resources().optional(),
  disk: size().optional(),
  storageClass: kubernetesName().optional(),
  image: imageSchema.prefault({}),
  blocks: blocksSchema.prefault({}),
  limits: limitsSchema.prefault({}),
  search: searchSchema.prefault({}),
  metricsGenerator: metricsGeneratorSchema.prefault({}),
  jaegerUi: z.boolean().default(false),
  operator: operatorSchema.prefault({}),
  /** The way out: laid over the chart's values and over Tempo's configuration, last. */
  extraValues: anything().default({}),
  extraConfig: anything().default({}),
});
