import { z } from "zod";
import { anything, duration, image, kubernetesName, resources, size } from "../fields";
import { releaseSchema } from "./release";

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
  replicas: z.int().min(1).max(99).optional().describe("How many of it run."),
  resources: resources().optional().describe("What each of them may use."),
  disk: size().optional().describe("The volume for its write-ahead log or working files."),
});

const component = () => componentSchema.optional();

/** Named as in the chart; `monolithic` is the chart's singleBinary. */
const componentsSchema = z.strictObject({
  monolithic: component().describe("The one program of the mode `monolithic`."),
  write: component().describe("Takes lines in, in the mode `simple-scalable`."),
  read: component().describe("Answers queries, in the mode `simple-scalable`."),
  backend: component().describe("Compacts, rules and serves the index, in the mode `simple-scalable`."),
  distributor: component().describe("Receives lines, in the mode `distributed`."),
  ingester: component().describe("Keeps lines until they are objects, in the mode `distributed`."),
  querier: component().describe("Reads lines, in the mode `distributed`."),
  queryFrontend: component().describe("Splits queries, in the mode `distributed`."),
  queryScheduler: component().describe("Holds the queue of queries, in the mode `distributed`."),
  indexGateway: component().describe("Serves the index, in the mode `distributed`."),
  compactor: component().describe("Compacts the index and deletes what is due, in the mode `distributed`."),
  ruler: component().describe("Evaluates rules, in the mode `distributed`."),
  patternIngester: component().describe("Mines patterns, in the mode `distributed`, where `patterns` is on."),
  gateway: component().describe("The door for everybody outside of the namespace."),
});

/** Data written from this day on is laid out by this period. A period that has begun never changes: append another one. */
const periodSchema = z.strictObject({
  from: day().describe("The first day of the period, in UTC."),
  added: day()
    .optional()
    .describe("The day on which this period was appended; the period must begin later. Every period but the first needs it."),
  store: z.enum(["filesystem", "s3"]).optional().describe("Where the period's data lies; the stack's own store unless it says otherwise."),
});

/** When a stream's lines leave memory as one object. */
const chunksSchema = z.strictObject({
  targetSize: size()
    .prefault("4Mi")
    .describe("How large an object becomes, compressed. Larger ones cost fewer requests, and memory in the ingesters."),
  idle: duration().optional().describe("A stream that is silent for so long is flushed; as long as `age` when left out."),
  age: duration().prefault("2h").describe("No line waits longer in memory and in the write-ahead log."),
  encoding: z.enum(["gzip", "snappy", "lz4", "zstd", "flate", "none"]).default("zstd").describe("How chunks are compressed."),
});

const limitsSchema = z.strictObject({
  ingestionRate: size().prefault("16Mi").describe("Bytes a second that are taken in, over all senders of one tenant."),
  ingestionBurst: size().optional().describe("Twice the rate when left out."),
  streamRate: size().optional().describe("5Mi when left out, or the whole where that is less."),
  streamBurst: size().optional().describe("Four times the stream's rate when left out."),
  maxStreams: z.int().min(1).default(10_000).describe("How many streams a tenant may have at a time."),
  maxLineSize: size().prefault("256Ki").describe("The longest line that is kept whole."),
  truncateLines: z.boolean().default(true).describe("Longer lines are cut instead of refused."),
  rejectOlderThan: duration().optional().describe("7 days when left out, or the retention where that is shorter."),
});

const queriesSchema = z.strictObject({
  timeout: duration().prefault("5m").describe("How long a query may take."),
  splitInterval: duration().prefault("1h").describe("Long queries are answered piece by piece, side by side."),
  parallelism: z.int().min(1).default(32).describe("Pieces of one query at work at a time."),
  maxLength: duration().optional().describe("The longest span of time that one query may cover."),
  maxSeries: z.int().min(1).default(1000).describe("How many series a metric query may answer with."),
  maxEntries: z.int().min(1).default(10_000).describe("How many lines a query may answer with."),
  maxBytesRead: size().optional().describe("Bytes that one query may read; without bound when left out."),
});

const retentionSchema = z.strictObject({
  deleteDelay: duration().prefault("2h").describe("Marked chunks are deleted this much later, so that no query still needs them."),
  workers: z.int().min(1).default(150).describe("How many deletions go on side by side."),
  compactionInterval: duration().prefault("1h").describe("How often the index is compacted."),
  streams: z
    .array(
      z.strictObject({
        selector: z
          .string()
          .regex(/^\{.+\}$/, { error: 'a stream selector, such as {namespace="audit"}' })
          .describe('Which streams, such as {namespace="audit"}.'),
        keep: duration().describe("How long their lines are kept."),
        priority: z.int().min(0).default(1).describe("Of several rules that match, the highest counts."),
      }),
    )
    .default([])
    .describe("Streams that are kept longer or shorter than the rest."),
});

const rulerSchema = z.strictObject({
  enabled: z.boolean().default(true).describe("Evaluates the rules in the ruler's bucket."),
  alertmanagerUrl: z
    .url({ protocol: /^https?$/, error: "a URL, such as http://alertmanager-operated.monitoring.svc:9093" })
    .optional()
    .describe("Where its alerts go."),
  remoteWriteUrl: z
    .url({ protocol: /^https?$/, error: "a URL, such as http://prometheus.monitoring.svc:9090/api/v1/write" })
    .optional()
    .describe("Where the series of its recording rules go."),
});

const cacheSchema = (memory: string) =>
  z
    .strictObject({
      enabled: z.boolean().optional().describe("Runs memcached for it; on with the size `production` when left out."),
      memory: size().prefault(memory).describe("How much it may hold."),
      replicas: z.int().min(1).default(1).describe("How many memcached programs share it."),
    })
    .prefault({});

const gatewaySchema = z.strictObject({
  enabled: z.boolean().default(true).describe("Runs the gateway, by which everybody outside of the namespace comes in."),
  existingSecret: kubernetesName()
    .optional()
    .describe("Who may come in: a Secret in the namespace whose key `.htpasswd` holds one line for each tenant."),
});

export const logsSchema = z.strictObject({
  retention: duration().prefault("30d").describe("How long lines are kept."),
  mode: z
    .enum(["monolithic", "simple-scalable", "distributed"])
    .default("monolithic")
    .describe("As one program, as three kinds of programs, or as many."),
  size: z
    .enum(["homelab", "production"])
    .default("homelab")
    .describe("Presets of replicas, CPU, memory and volumes; `components` overrides each."),
  components: componentsSchema.prefault({}).describe("Replicas, resources and volumes of each program, instead of the size's."),
  storageClass: kubernetesName().optional().describe("The StorageClass of all volumes; the cluster's default when left out."),
  image: image("grafana/loki", "3.7.8", "Loki's version; those that corrupt objects on some stores are refused.").describe(
    "Which build of Loki runs.",
  ),
  schema: z
    .array(periodSchema)
    .min(1)
    .prefault([{ from: "2024-04-01" }])
    .describe("How data is laid out, period by period."),
  chunks: chunksSchema.prefault({}).describe("When a stream's lines leave memory as one object."),
  limits: limitsSchema.prefault({}).describe("What a tenant may send."),
  queries: queriesSchema.prefault({}).describe("What a query may ask for."),
  compactor: retentionSchema.prefault({}).describe("Compaction and deletion."),
  ruler: rulerSchema.prefault({}).describe("Rules over logs."),
  patterns: z
    .boolean()
    .default(false)
    .describe("Off: with it Loki up to 3.7.8 now and then dies of the first line after a start (grafana/loki#23075)."),
  caches: z
    .strictObject({ chunks: cacheSchema("1Gi").describe("For chunks."), results: cacheSchema("256Mi").describe("For answers.") })
    .prefault({})
    .describe("Memory for what was read before."),
  gateway: gatewaySchema.prefault({}).describe("The door for everybody outside of the namespace."),
  release: releaseSchema("15m when left out, and more where writers restart one after another for longer.").describe(
    "How Helm installs and updates Loki.",
  ),
  extraValues: anything().default({}).describe("The way out: laid over the chart's values, last."),
  extraConfig: anything().default({}).describe("Laid over Loki's configuration, last."),
});
