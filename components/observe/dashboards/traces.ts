import type { TracesEndpoint } from "../../traces/endpoint";
import { jobs, seriesOf } from "../jobs";
import { type Dashboard, graph, quantiles, type Row, rate, type Scene, stat } from "./dashboard";

/** Is every span taken in, kept and found? */
export function tracesOperation({ collection }: Scene, { namespace }: TracesEndpoint): Dashboard {
  const tempo = seriesOf(jobs.traces, namespace);
  return {
    uid: "granary-traces",
    title: "Granary / Traces",
    description: "Tempo: spans that come in, blocks that reach the object store, and how quickly traces are found.",
    rows: [
      summary(tempo),
      ingestion(tempo),
      blocks(tempo),
      queries(tempo),
      ...(collection?.otlpGrpc ? [sending(seriesOf(jobs.collection, collection.namespace))] : []),
    ],
  };
}

const summary = (tempo: string): Row => ({
  title: "Now",
  panels: [
    stat("Spans", "spans/s", `sum(rate(tempo_distributor_spans_received_total{${tempo}}[$__rate_interval]))`),
    stat("Bytes", "bytes/s", `sum(rate(tempo_distributor_bytes_received_total{${tempo}}[$__rate_interval]))`),
    stat("Traces in memory", "none", `sum(tempo_ingester_live_traces{${tempo}})`),
    stat("Spans refused", "spans/s", `sum(rate(tempo_discarded_spans_total{${tempo}}[$__rate_interval])) or vector(0)`, {
      limits: { warning: 0.001, critical: 10 },
    }),
    stat("Blocks", "none", `sum(max by (tenant) (tempodb_blocklist_length{${tempo}}))`),
    stat("Blocks to be compacted", "none", `sum(max by (tenant) (tempodb_compaction_outstanding_blocks{${tempo}}))`, {
      limits: { warning: 100, critical: 250 },
    }),
  ],
});

const ingestion = (tempo: string): Row => ({
  title: "Ingestion",
  panels: [
    graph("Spans by tenant", "spans/s", rate("tempo_distributor_spans_received_total", tempo, "tenant"), { stacked: true }),
    graph("Spans refused, by reason", "spans/s", [
      {
        expression: `sum by (tenant, reason) (rate(tempo_discarded_spans_total{${tempo}}[$__rate_interval]))`,
        legend: "{{tenant}} {{reason}}",
      },
    ]),
    graph("Spans at the receivers", "spans/s", [
      { expression: `sum(rate(tempo_receiver_accepted_spans{${tempo}}[$__rate_interval]))`, legend: "taken" },
      { expression: `sum(rate(tempo_receiver_refused_spans{${tempo}}[$__rate_interval]))`, legend: "refused" },
    ]),
    graph("New traces", "operations/s", rate("tempo_ingester_traces_created_total", tempo, "tenant")),
    graph("Series made of spans", "none", [
      { expression: `sum by (tenant) (tempo_metrics_generator_registry_active_series{${tempo}})`, legend: "{{tenant}}" },
    ]),
  ],
});

const blocks = (tempo: string): Row => ({
  title: "To the object store",
  panels: [
    graph("Blocks flushed, and failures", "operations/s", [
      { expression: `sum(rate(tempo_ingester_blocks_flushed_total{${tempo}}[$__rate_interval]))`, legend: "flushed" },
      { expression: `sum(rate(tempo_ingester_failed_flushes_total{${tempo}}[$__rate_interval]))`, legend: "failed" },
    ]),
    graph("How long a flush takes", "seconds", quantiles("tempo_ingester_flush_duration_seconds", tempo)),
    graph("Blocks by tenant", "none", [{ expression: `max by (tenant) (tempodb_blocklist_length{${tempo}})`, legend: "{{tenant}}" }]),
    graph("Age of the list of blocks", "seconds", [
      { expression: `max by (tenant) (tempodb_blocklist_tenant_index_age_seconds{${tempo}})`, legend: "{{tenant}}" },
    ]),
    graph("Compaction and retention", "operations/s", [
      { expression: `sum(rate(tempodb_retention_marked_for_deletion_total{${tempo}}[$__rate_interval]))`, legend: "blocks expired" },
      { expression: `sum(rate(tempodb_retention_deleted_total{${tempo}}[$__rate_interval]))`, legend: "blocks deleted" },
      { expression: `sum(rate(tempodb_compaction_errors_total{${tempo}}[$__rate_interval]))`, legend: "compactions failed" },
      { expression: `sum(rate(tempodb_retention_errors_total{${tempo}}[$__rate_interval]))`, legend: "deletions failed" },
    ]),
    graph("Errors listing blocks", "operations/s", [
      { expression: `sum(rate(tempodb_blocklist_poll_errors_total{${tempo}}[$__rate_interval]))`, legend: "all" },
      {
        expression: `sum by (tenant) (rate(tempodb_blocklist_tenant_index_errors_total{${tempo}}[$__rate_interval]))`,
        legend: "{{tenant}}",
      },
    ]),
  ],
});

const queries = (tempo: string): Row => ({
  title: "Queries",
  panels: [
    graph("How long they take", "seconds", [
      {
        expression: `histogram_quantile(0.95, sum by (le, route) (rate(tempo_request_duration_seconds_bucket{${tempo},route=~".*api_.*"}[$__rate_interval])))`,
        legend: "{{route}} p95",
      },
    ]),
    graph("Requests by status", "requests/s", rate("tempo_request_duration_seconds_count", `${tempo},route=~".*api_.*"`, "status_code"), {
      stacked: true,
    }),
  ],
});

const sending = (alloy: string): Row => ({
  title: "Collection",
  panels: [
    graph("Spans at Alloy", "spans/s", [
      { expression: `sum(rate(otelcol_receiver_accepted_spans_total{${alloy}}[$__rate_interval]))`, legend: "taken" },
      { expression: `sum(rate(otelcol_exporter_sent_spans_total{${alloy}}[$__rate_interval]))`, legend: "handed on" },
      { expression: `sum(rate(otelcol_receiver_refused_spans_total{${alloy}}[$__rate_interval]))`, legend: "refused" },
      { expression: `sum(rate(otelcol_exporter_send_failed_spans_total{${alloy}}[$__rate_interval]))`, legend: "not sent" },
    ]),
    graph("Queue, how full", "fraction", [
      { expression: `max by (pod) (otelcol_exporter_queue_size{${alloy}} / otelcol_exporter_queue_capacity{${alloy}})`, legend: "{{pod}}" },
    ]),
  ],
});
