import { jobs, seriesOf } from "../jobs";
import { type Dashboard, graph, quantiles, type Row, rate, type Scene, stat } from "./dashboard";

/** Is everything taken in, kept and tidied? */
export function logsOperation({ logs, collection }: Scene): Dashboard {
  const loki = seriesOf(jobs.logs, logs.namespace);
  return {
    uid: "granary-logs-operation",
    title: "Granary / Logs operation",
    description: "Loki: what comes in, how quickly, what fails, and whether it reaches the object store.",
    rows: [
      summary(loki),
      ingestion(loki),
      flushing(loki),
      upkeep(loki, logs.ingesters),
      ...(collection ? [sending(seriesOf(jobs.collection, collection.namespace))] : []),
    ],
  };
}

const push = 'route=~"loki_api_v1_push|otlp_v1_logs"';
const sinceLast = (done: string, loki: string) => `time() - max(${done}{${loki}} > 0)`;

const summary = (loki: string): Row => ({
  title: "Now",
  panels: [
    stat("Lines", "logs/s", `sum(rate(loki_distributor_lines_received_total{${loki}}[$__rate_interval]))`),
    stat("Bytes", "bytes/s", `sum(rate(loki_distributor_bytes_received_total{${loki}}[$__rate_interval]))`),
    stat("Active streams", "none", `sum(loki_ingester_memory_streams{${loki}})`),
    stat(
      "Pushes that fail",
      "fraction",
      `(sum(rate(loki_request_duration_seconds_count{${loki},${push},status_code=~"5.."}[$__rate_interval])) or vector(0)) / sum(rate(loki_request_duration_seconds_count{${loki},${push}}[$__rate_interval]))`,
      { limits: { warning: 0.01, critical: 0.05 } },
    ),
    stat("Lines refused", "logs/s", `sum(rate(loki_discarded_samples_total{${loki}}[$__rate_interval])) or vector(0)`, {
      limits: { warning: 0.001, critical: 10 },
    }),
    stat("Fullest write-ahead log", "fraction", `max(loki_ingester_wal_disk_usage_percent{${loki}})`, {
      description: "Of its disk. From 90% on Loki refuses lines, and collectors wait.",
      limits: { warning: 0.7, critical: 0.85 },
    }),
  ],
});

const ingestion = (loki: string): Row => ({
  title: "Ingestion",
  panels: [
    graph("Bytes by tenant", "bytes/s", rate("loki_distributor_bytes_received_total", loki, "tenant"), { stacked: true }),
    graph("Lines by tenant", "logs/s", rate("loki_distributor_lines_received_total", loki, "tenant"), { stacked: true }),
    graph("How long a push takes", "seconds", quantiles("loki_request_duration_seconds", `${loki},${push}`)),
    graph(
      "Requests by status",
      "requests/s",
      rate("loki_request_duration_seconds_count", `${loki},route=~"loki_api_.*|otlp_v1_logs"`, "status_code"),
      {
        stacked: true,
      },
    ),
    graph("Errors by route", "requests/s", rate("loki_request_duration_seconds_count", `${loki},status_code=~"5..|error"`, "route")),
    graph("Lines refused, by reason", "logs/s", [
      {
        expression: `sum by (tenant, reason) (rate(loki_discarded_samples_total{${loki}}[$__rate_interval]))`,
        legend: "{{tenant}} {{reason}}",
      },
    ]),
  ],
});

const flushing = (loki: string): Row => ({
  title: "To the object store",
  panels: [
    graph("Chunks stored", "operations/s", rate("loki_ingester_chunks_stored_total", loki, "pod")),
    graph("Flushes that fail", "operations/s", rate("loki_ingester_chunks_flush_failures_total", loki, "pod")),
    graph("Chunks waiting to be flushed", "none", [
      { expression: `sum by (pod) (loki_ingester_flush_queue_length{${loki}})`, legend: "{{pod}}" },
    ]),
    graph("Chunks and streams in memory", "none", [
      { expression: `sum(loki_ingester_memory_chunks{${loki}})`, legend: "chunks" },
      { expression: `sum(loki_ingester_memory_streams{${loki}})`, legend: "streams" },
    ]),
    graph(
      "Size of stored chunks",
      "bytes",
      [
        {
          expression: `sum(rate(loki_ingester_chunk_size_bytes_sum{${loki}}[$__rate_interval])) / sum(rate(loki_ingester_chunk_size_bytes_count{${loki}}[$__rate_interval]))`,
          legend: "mean",
        },
        ...quantiles("loki_ingester_chunk_size_bytes", loki),
      ],
      { description: "Small chunks cost many requests: look at granary:logs.chunks." },
    ),
    graph("Write-ahead log", "fraction", [
      { expression: `max by (pod) (loki_ingester_wal_disk_usage_percent{${loki}})`, legend: "{{pod}}" },
    ]),
  ],
});

const upkeep = (loki: string, ingesters: number): Row => ({
  title: "Upkeep",
  panels: [
    stat(
      "Last compaction",
      "seconds",
      sinceLast("loki_boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds", loki),
      {
        width: 6,
        limits: { warning: 7200, critical: 10800 },
      },
    ),
    stat("Retention last applied", "seconds", sinceLast("loki_compactor_apply_retention_last_successful_run_timestamp_seconds", loki), {
      width: 6,
      limits: { warning: 43200, critical: 86400 },
    }),
    stat("Compactors running", "none", `sum(loki_boltdb_shipper_compactor_running{${loki}})`, { width: 6 }),
    stat("Ingesters missing", "none", `${ingesters} - min(loki_ring_members{${loki},name="ingester",state="ACTIVE"})`, {
      width: 6,
      limits: { warning: 1, critical: 2 },
    }),
  ],
});

const sending = (alloy: string): Row => ({
  title: "Collection",
  panels: [
    graph("Lines sent by Alloy", "logs/s", [
      { expression: `sum(rate(loki_write_sent_entries_total{${alloy}}[$__rate_interval]))`, legend: "all nodes" },
    ]),
    graph("Lines lost by Alloy", "logs/s", rate("loki_write_dropped_entries_total", alloy, "reason")),
    graph("Pushes repeated", "operations/s", rate("loki_write_batch_retries_total", alloy, "pod")),
    graph("Lines dropped on purpose", "logs/s", rate("loki_process_dropped_lines_total", alloy, "reason")),
  ],
});
