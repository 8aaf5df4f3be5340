// Loki: is everything taken in, kept, tidied and answered for?
import { hours, minutes } from "../../config/units";
import { jobs, seriesOf } from "../jobs";
import { type Alert, type AlertGroup, atLevels, grew, percent, sinceLast, type Watched } from "./alert";

export function logsAlerts({ thresholds, logs, upkeep }: Watched): AlertGroup {
  const loki = seriesOf(jobs.logs, logs.namespace);
  return {
    name: "granary-logs",
    alerts: [
      ...trafficAlerts(thresholds, loki),
      ...durabilityAlerts(thresholds, loki),
      ringAlert(logs.ingesters, loki),
      ...upkeepAlerts(upkeep, loki),
    ],
  };
}

function trafficAlerts({ ingestionPerHour, queryLatency, errorRate }: Watched["thresholds"], loki: string): Alert[] {
  const requests = `${loki},route=~"loki_api_.*|otlp_v1_logs"`;
  const queries = `${loki},route=~"loki_api_v1_(query|query_range|labels|label_name_values|series)"`;
  return [
    ...atLevels(ingestionPerHour, ({ bytes }) => ({
      name: "GranaryLogIngestionRateHigh",
      expression: `sum(increase(loki_distributor_bytes_received_total{${loki}}[1h])) > ${bytes}`,
      lasting: minutes(15),
      summary: "More log lines come in than was planned for",
      description: `Loki took in {{ $value | humanize1024 }}B during the last hour; planned for are ${bytes / 1e9} GB. Scale writing, or find the source.`,
    })),
    ...atLevels(queryLatency, ({ seconds }) => ({
      name: "GranaryLogQueriesSlow",
      expression: `histogram_quantile(0.95, sum by (le, route) (rate(loki_request_duration_seconds_bucket{${queries}}[10m]))) > ${seconds}`,
      lasting: minutes(15),
      summary: "Log queries are slow",
      description: `One of twenty requests to {{ $labels.route }} takes longer than {{ $value | humanizeDuration }}; the limit is ${seconds} s.`,
    })),
    ...atLevels(errorRate, (limit) => ({
      name: "GranaryLogErrorRateHigh",
      expression: ratio(
        `sum by (route) (rate(loki_request_duration_seconds_count{${requests},status_code=~"5.."}[5m]))`,
        `sum by (route) (rate(loki_request_duration_seconds_count{${requests}}[5m]))`,
        limit,
      ),
      lasting: minutes(10),
      summary: "Loki answers with errors",
      description: `{{ $value | humanizePercentage }} of the requests to {{ $labels.route }} fail; the limit is ${percent(limit)}.`,
    })),
    {
      name: "GranaryLogsRejected",
      severity: "warning",
      expression: grew("loki_discarded_samples_total", loki, "tenant, reason", "15m"),
      lasting: minutes(0),
      summary: "Loki refuses lines",
      description:
        "{{ $value | humanize }} lines of tenant {{ $labels.tenant }} were refused during 15 minutes: {{ $labels.reason }}. Collectors send again what came too fast; the rest is lost.",
    },
    {
      name: "GranaryLogIngestionStopped",
      severity: "critical",
      expression: `sum(rate(loki_distributor_lines_received_total{${loki}}[15m])) == 0 or absent(loki_distributor_lines_received_total{${loki}})`,
      lasting: minutes(15),
      summary: "No log line arrives",
      description: "Loki has received nothing for half an hour. A cluster is never that silent: collection or the way to Loki is broken.",
    },
  ];
}

/** `ingester.wal.disk_full_threshold` of Loki's configuration. */
const refusesAbove = 0.9;

function durabilityAlerts({ storageUsage }: Watched["thresholds"], loki: string): Alert[] {
  return [
    {
      name: "GranaryLogFlushFailing",
      severity: "critical",
      expression: `sum by (pod) (increase(loki_ingester_chunks_flush_failures_total{${loki}}[15m])) > 0`,
      lasting: minutes(15),
      summary: "Loki can't write to the object store",
      description:
        "{{ $labels.pod }} failed to flush {{ $value | humanize }} chunks during 15 minutes. Lines stay in memory and in the write-ahead log until both are full.",
    },
    {
      name: "GranaryLogWalDiskFull",
      severity: "critical",
      // Loki counts the moment at which it begins to refuse, and no more until there was room again: the disk itself says how long it lasts.
      expression: `max by (pod) (loki_ingester_wal_disk_usage_percent{${loki}}) >= ${refusesAbove}`,
      lasting: minutes(0),
      summary: "The disk of Loki's write-ahead log is full",
      description:
        "The disk of {{ $labels.pod }} is {{ $value | humanizePercentage }} full: it refuses lines until there is room, and collectors wait with them.",
    },
    ...atLevels(storageUsage, (limit) => ({
      name: "GranaryLogWalDiskFilling",
      expression: `max by (pod) (loki_ingester_wal_disk_usage_percent{${loki}}) > ${limit}`,
      lasting: minutes(15),
      summary: "The disk of Loki's write-ahead log fills up",
      description: `It is {{ $value | humanizePercentage }} full on {{ $labels.pod }}; the limit is ${percent(limit)}.`,
    })),
    {
      name: "GranaryLogPanic",
      severity: "warning",
      expression: `sum by (pod) (increase(loki_panic_total{${loki}}[10m])) > 0`,
      lasting: minutes(0),
      summary: "Loki met a fault in its own code",
      description:
        "{{ $labels.pod }} recovered from {{ $value | humanize }} panics during 10 minutes. The requests that caused them failed.",
    },
  ];
}

/** An ingester that no longer answers is soon forgotten by the others, and counted nowhere: so those that are left are counted. */
const ringAlert = (ingesters: number, loki: string): Alert => ({
  name: "GranaryLogRingUnhealthy",
  severity: "warning",
  expression: `min(loki_ring_members{${loki},name="ingester",state="ACTIVE"}) < ${ingesters}`,
  lasting: minutes(15),
  summary: "An ingester of Loki is missing",
  description: `{{ $value }} of ${ingesters} ingesters take lines in. ${ingesters > 1 ? "With two missing, writes fail." : "Until it does, writes fail."}`,
});

function upkeepAlerts({ compactionInterval }: Watched["upkeep"], loki: string): Alert[] {
  const compaction = Math.max(3 * compactionInterval.seconds, hours(3).seconds);
  const retention = Math.max(3 * compactionInterval.seconds, hours(24).seconds);
  return [
    {
      name: "GranaryLogCompactionStalled",
      severity: "critical",
      expression: `${sinceLast("loki_boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds", loki)} > ${compaction}`,
      lasting: minutes(15),
      summary: "Loki's index is no longer compacted",
      description: "The last compaction that succeeded was {{ $value | humanizeDuration }} ago. Queries grow slower, and nothing expires.",
    },
    {
      name: "GranaryLogRetentionStalled",
      severity: "warning",
      expression: `${sinceLast("loki_compactor_apply_retention_last_successful_run_timestamp_seconds", loki)} > ${retention}`,
      lasting: minutes(15),
      summary: "Loki no longer deletes what has expired",
      description: "Retention was last applied {{ $value | humanizeDuration }} ago. Lines stay longer than promised, and the bucket grows.",
    },
  ];
}

/** Failures among all; nothing where there are none of either. */
const ratio = (failures: string, all: string, limit: number): string => `${failures} / ${all} > ${limit}`;
