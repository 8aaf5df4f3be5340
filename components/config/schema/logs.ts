import { z } from "zod";
import { anything, duration, kubernetesName, resources, size } from "../fields";

/** In quotes, for Pulumi takes a bare date for a point in time and hands on another text. */
const day = () =>
  z
    .string()
    .regex(/^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/, {
      error: 'a day in UTC, in quotes, such as "2026-12-01"',
      abort: true,
    })
    .refine((text) => new Date(`${text}T00:00:00Z`).toISOString().startsWith(text), { error: "a day that the calendar has" });

/** What one of Loki's programs may use; whatever is left out comes from the size. */
const componentSchema = z.strictObject({
  replicas: z.int().min(1).max(99).optional(),
  resources: resources().optional(),
  /** The volume for its write-ahead log or working files. */
  disk: size().optional(),
});

const component = () => componentSchema.optional();

/** Named as in the chart; `monolithic` is the chart's singleBinary. */
const componentsSchema = z.strictObject({
  monolithic: component(),
  write: component(),
  read: component(),
  backend: component(),
  distributor: component(),
  ingester: component(),
  querier: component(),
  queryFrontend: component(),
  queryScheduler: component(),
  indexGateway: component(),
  compactor: component(),
  ruler: component(),
  patternIngester: component(),
  gateway: component(),
});

/** Data written from this day on is laid out by this period. A period that has begun never changes: append another one. */
const periodSchema = z.strictObject({
  from: day(),
  /** The day on which this period was appended; the period must begin later. Every period but the first needs it. */
  added: day().optional(),
  /** Where the period's data lies; the stack's own store unless it says otherwise. */
  store: z.enum(["filesystem", "s3"]).optional(),
});

const imageSchema = z.strictObject({
  registry: z.string().min(1).default("docker.io"),
  repository: z.string().min(1).default("grafana/loki"),
  tag: z.string().min(1).default("3.7.8"),
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, { error: "a digest, such as sha256: and 64 hexadecimal digits" })
    .optional(),
});

/** When a stream's lines leave memory as one object. */
const chunksSchema = z.strictObject({
  /** Compressed. Larger objects cost fewer requests, and memory in the ingesters. */
  targetSize: size().prefault("4Mi"),
  /** A stream that is silent for so long is flushed; as long as `age` when left out. */
  idle: duration().optional(),
  /** No line waits longer in memory and in the write-ahead log. */
  age: duration().prefault("2h"),
  encoding: z.enum(["gzip", "snappy", "lz4", "zstd", "flate", "none"]).default("zstd"),
});

const limitsSchema = z.strictObject({
  /** A second, over all senders of one tenant. */
  ingestionRate: size().prefault("16Mi"),
  /** Twice the rate when left out. */
  ingestionBurst: size().optional(),
  /** 5Mi when left out, or the whole where that is less. */
  streamRate: size().optional(),
  /** Four times the stream's rate when left out. */
  streamBurst: size().optional(),
  maxStreams: z.int().min(1).default(10_000),
  maxLineSize: size().prefault("256Ki"),
  /** Longer lines are cut instead of refused. */
  truncateLines: z.boolean().default(true),
  /** 7 days when left out, or the retention where that is shorter. */
  rejectOlderThan: duration().optional(),
});

const queriesSchema = z.strictObject({
  timeout: duration().prefault("5m"),
  /** Long queries are answered piece by piece, side by side. */
  splitInterval: duration().prefault("1h"),
  /** Pieces of one query at work at a time. */
  parallelism: z.int().min(1).default(32),
  maxLength: duration().optional(),
  maxSeries: z.int().min(1).default(1000),
  maxEntries: z.int().min(1).default(10_000),
  /** Bytes that one query may read; without bound when left out. */
  maxBytesRead: size().optional(),
});

const retentionSchema = z.strictObject({
  /** Marked chunks are deleted this much later, so that no query still needs them. */
  deleteDelay: duration().prefault("2h"),
  workers: z.int().min(1).default(150),
  compactionInterval: duration().prefault("1h"),
  /** Streams that are kept longer or shorter than the rest. */
  streams: z
    .array(
      z.strictObject({
        selector: z.string().regex(/^\{.+\}$/, { error: 'a stream selector, such as {namespace="audit"}' }),
        keep: duration(),
        priority: z.int().min(0).default(1),
      }),
    )
    .default([]),
});

const rulerSchema = z.strictObject({
  enabled: z.boolean().default(true),
  alertmanagerUrl: z.url({ protocol: /^https?$/, error: "a URL, such as http://alertmanager-operated.monitoring.svc:9093" }).optional(),
  remoteWriteUrl: z.url({ protocol: /^https?$/, error: "a URL, such as http://prometheus.monitoring.svc:9090/api/v1/write" }).optional(),
});

const cacheSchema = (memory: string) =>
  z.strictObject({ enabled: z.boolean().optional(), memory: size().prefault(memory), replicas: z.int().min(1).default(1) }).prefault({});

const gatewaySchema = z.strictObject({
  enabled: z.boolean().default(true),
  /** Who may come in: a Secret in the namespace whose key `.htpasswd` holds one line for each tenant. */
  existingSecret: kubernetesName().optional(),
});

export const logsSchema = z.strictObject({
  retention: duration().prefault("30d"),
  mode: z.enum(["monolithic", "simple-scalable", "distributed"]).default("monolithic"),
  size: z.enum(["homelab", "production"]).default("homelab"),
  components: componentsSchema.prefault({}),
  storageClass: kubernetesName().optional(),
  image: imageSchema.prefault({}),
  schema: z
    .array(periodSchema)
    .min(1)
    .prefault([{ from: "2024-04-01" }]),
  chunks: chunksSchema.prefault({}),
  limits: limitsSchema.prefault({}),
  queries: queriesSchema.prefault({}),
  compactor: retentionSchema.prefault({}),
  ruler: rulerSchema.prefault({}),
  /** Off: with it Loki up to 3.7.8 now and then dies of the first line after a start (grafana/loki#23075). */
  patterns: z.boolean().default(false),
  caches: z.strictObject({ chunks: cacheSchema("1Gi"), results: cacheSchema("256Mi") }).prefault({}),
  gateway: gatewaySchema.prefault({}),
  /** The way out: laid over the chart's values and over Loki's configuration, last. */
  extraValues: anything().default({}),
  extraConfig: anything().default({}),
});
