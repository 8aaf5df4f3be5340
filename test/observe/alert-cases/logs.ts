import { type AlertCase, loki } from "./case";

const bytesADay = (perMinute: number) => ({ [`loki_distributor_bytes_received_total{${loki},tenant="fake"}`]: `0+${perMinute}x120` });
const push = `${loki},method="POST",route="loki_api_v1_push",ws="false"`;
const requests = (failed: number) => ({
  [`loki_request_duration_seconds_count{${push},status_code="204"}`]: `0+${1000 - failed}x60`,
  [`loki_request_duration_seconds_count{${push},status_code="500"}`]: `0+${failed}x60`,
});
const query = `${loki},method="GET",route="loki_api_v1_query_range",ws="false"`;
const queryRoute = { route: "loki_api_v1_query_range" };
/** All queries take between the first two bounds. */
const queries = (route: string, above: number, below: number) => ({
  [`loki_request_duration_seconds_bucket{${route},status_code="200",le="${above}"}`]: "0x60",
  [`loki_request_duration_seconds_bucket{${route},status_code="200",le="${below}"}`]: "0+10x60",
  [`loki_request_duration_seconds_bucket{${route},status_code="200",le="+Inf"}`]: "0+10x60",
});

export const logsCases: readonly AlertCase[] = [
  {
    alert: "GranaryLogIngestionRateHigh",
    when: "1.5 GB come in an hour",
    series: bytesADay(25e6),
    after: 90,
    fires: [
      {
        severity: "warning",
        says: "Loki took in 1.397GiB during the last hour; planned for are 1 GB. Scale writing, or find the source.",
      },
    ],
  },
  {
    alert: "GranaryLogIngestionRateHigh",
    when: "3 GB come in an hour",
    series: bytesADay(50e6),
    after: 90,
    fires: [
      { severity: "warning", says: "Loki took in 2.794GiB during the last hour; planned for are 1 GB. Scale writing, or find the source." },
      {
        severity: "critical",
        says: "Loki took in 2.794GiB during the last hour; planned for are 2 GB. Scale writing, or find the source.",
      },
    ],
  },
  { alert: "GranaryLogIngestionRateHigh", when: "0.6 GB come in an hour", series: bytesADay(10e6), after: 90, fires: [] },

  {
    alert: "GranaryLogQueriesSlow",
    when: "queries take between 2 and 4 seconds",
    series: queries(query, 2, 4),
    after: 40,
    fires: [
      {
        severity: "warning",
        labels: queryRoute,
        says: "One of twenty requests to loki_api_v1_query_range takes longer than 3.9s; the limit is 2 s.",
      },
    ],
  },
  {
    alert: "GranaryLogQueriesSlow",
    when: "queries take between 5 and 10 seconds",
    series: queries(query, 5, 10),
    after: 40,
    fires: [
      {
        severity: "warning",
        labels: queryRoute,
        says: "One of twenty requests to loki_api_v1_query_range takes longer than 9.75s; the limit is 2 s.",
      },
      {
        severity: "critical",
        labels: queryRoute,
        says: "One of twenty requests to loki_api_v1_query_range takes longer than 9.75s; the limit is 5 s.",
      },
    ],
  },
  { alert: "GranaryLogQueriesSlow", when: "queries are quick", series: queries(query, 0.1, 0.25), after: 40, fires: [] },
  {
    alert: "GranaryLogQueriesSlow",
    when: "a tail stays open for long, as tails do",
    series: queries(`${loki},method="GET",route="loki_api_v1_tail",ws="true"`, 5, 10),
    after: 40,
    fires: [],
  },

  {
    alert: "GranaryLogErrorRateHigh",
    when: "2% of pushes fail",
    series: requests(20),
    after: 30,
    fires: [
      { severity: "warning", labels: { route: "loki_api_v1_push" }, says: "2% of the requests to loki_api_v1_push fail; the limit is 1%." },
    ],
  },
  {
    alert: "GranaryLogErrorRateHigh",
    when: "10% of pushes fail",
    series: requests(100),
    after: 30,
    fires: [
      {
        severity: "warning",
        labels: { route: "loki_api_v1_push" },
        says: "10% of the requests to loki_api_v1_push fail; the limit is 1%.",
      },
      {
        severity: "critical",
        labels: { route: "loki_api_v1_push" },
        says: "10% of the requests to loki_api_v1_push fail; the limit is 5%.",
      },
    ],
  },
  { alert: "GranaryLogErrorRateHigh", when: "0.5% of pushes fail", series: requests(5), after: 30, fires: [] },

  {
    alert: "GranaryLogsRejected",
    when: "a tenant sends more than it may",
    series: { [`loki_discarded_samples_total{${loki},tenant="team-a",reason="rate_limited"}`]: "0+10x60" },
    after: 40,
    fires: [
      {
        severity: "warning",
        labels: { tenant: "team-a", reason: "rate_limited" },
        says: "150 lines of tenant team-a were refused during 15 minutes: rate_limited. Collectors send again what came too fast; the rest is lost.",
      },
    ],
  },
  {
    alert: "GranaryLogsRejected",
    when: "a few lines were refused at one go, and none before or after",
    series: { [`loki_discarded_samples_total{${loki},tenant="team-a",reason="line_too_long"}`]: "_x30 5x60" },
    after: 31,
    fires: [
      {
        severity: "warning",
        labels: { tenant: "team-a", reason: "line_too_long" },
        says: "5 lines of tenant team-a were refused during 15 minutes: line_too_long. Collectors send again what came too fast; the rest is lost.",
      },
    ],
  },
  {
    alert: "GranaryLogsRejected",
    when: "it stopped an hour ago",
    series: { [`loki_discarded_samples_total{${loki},tenant="team-a",reason="rate_limited"}`]: "0+10x20 200x60" },
    after: 80,
    fires: [],
  },

  {
    alert: "GranaryLogIngestionStopped",
    when: "lines came and come no more",
    series: { [`loki_distributor_lines_received_total{${loki},tenant="fake"}`]: "0+50x30 1500x60" },
    after: 70,
    fires: [
      {
        severity: "critical",
        says: "Loki has received nothing for half an hour. A cluster is never that silent: collection or the way to Loki is broken.",
      },
    ],
  },
  {
    alert: "GranaryLogIngestionStopped",
    when: "no line ever came",
    series: { [`up{${loki}}`]: "1x60" },
    after: 40,
    fires: [
      {
        severity: "critical",
        labels: { job: "granary/loki", namespace: "observability" },
        says: "Loki has received nothing for half an hour. A cluster is never that silent: collection or the way to Loki is broken.",
      },
    ],
  },
  {
    alert: "GranaryLogIngestionStopped",
    when: "lines come",
    series: { [`loki_distributor_lines_received_total{${loki},tenant="fake"}`]: "0+1x60" },
    after: 60,
    fires: [],
  },

  {
    alert: "GranaryLogFlushFailing",
    when: "chunks fail to be flushed",
    series: { [`loki_ingester_chunks_flush_failures_total{${loki}}`]: "0+2x60" },
    after: 40,
    fires: [
      {
        severity: "critical",
        labels: { pod: "loki-0" },
        says: "loki-0 failed to flush 30 chunks during 15 minutes. Lines stay in memory and in the write-ahead log until both are full.",
      },
    ],
  },
  {
    alert: "GranaryLogFlushFailing",
    when: "one failed and was repeated",
    series: { [`loki_ingester_chunks_flush_failures_total{${loki}}`]: "0x10 1x60" },
    after: 30,
    fires: [],
  },

  {
    alert: "GranaryLogWalDiskFull",
    when: "the disk has been so full for an hour that Loki takes nothing in",
    series: {
      [`loki_ingester_wal_disk_usage_percent{${loki}}`]: "0.8x10 0.93x80",
      [`loki_ingester_wal_disk_full_failures_total{${loki}}`]: "0x10 1x80",
    },
    after: 70,
    fires: [
      {
        severity: "critical",
        labels: { pod: "loki-0" },
        says: "The disk of loki-0 is 93% full: it refuses lines until there is room, and collectors wait with them.",
      },
    ],
  },
  {
    alert: "GranaryLogWalDiskFull",
    when: "there is room again",
    series: { [`loki_ingester_wal_disk_usage_percent{${loki}}`]: "0.93x10 0.89x20" },
    after: 12,
    fires: [],
  },

  {
    alert: "GranaryLogWalDiskFilling",
    when: "it is three quarters full",
    series: { [`loki_ingester_wal_disk_usage_percent{${loki}}`]: "0.75x60" },
    after: 30,
    fires: [{ severity: "warning", labels: { pod: "loki-0" }, says: "It is 75% full on loki-0; the limit is 70%." }],
  },
  {
    alert: "GranaryLogWalDiskFilling",
    when: "it is nine tenths full",
    series: { [`loki_ingester_wal_disk_usage_percent{${loki}}`]: "0.9x60" },
    after: 30,
    fires: [
      { severity: "warning", labels: { pod: "loki-0" }, says: "It is 90% full on loki-0; the limit is 70%." },
      { severity: "critical", labels: { pod: "loki-0" }, says: "It is 90% full on loki-0; the limit is 85%." },
    ],
  },
  {
    alert: "GranaryLogWalDiskFilling",
    when: "there is room",
    series: { [`loki_ingester_wal_disk_usage_percent{${loki}}`]: "0.4x60" },
    after: 30,
    fires: [],
  },

  {
    alert: "GranaryLogRingUnhealthy",
    when: "one of three ingesters is gone, and the others have forgotten it",
    series: {
      [`loki_ring_members{${loki},name="ingester",state="ACTIVE"}`]: "3x10 2x60",
      [`loki_ring_members{${loki},name="ingester",state="Unhealthy"}`]: "0x10 1x1 0x60",
    },
    after: 30,
    fires: [{ severity: "warning", says: "2 of 3 ingesters take lines in. With two missing, writes fail." }],
  },
  {
    alert: "GranaryLogRingUnhealthy",
    when: "another one still sees all three",
    series: {
      [`loki_ring_members{${loki},name="ingester",state="ACTIVE"}`]: "3x60",
      [`loki_ring_members{${loki.replace("loki-0", "loki-1")},name="ingester",state="ACTIVE"}`]: "1x60",
    },
    after: 30,
    fires: [{ severity: "warning", says: "1 of 3 ingesters take lines in. With two missing, writes fail." }],
  },
  {
    alert: "GranaryLogRingUnhealthy",
    when: "all are well, or one after the other starts anew",
    series: {
      [`loki_ring_members{${loki},name="ingester",state="ACTIVE"}`]: "3x10 2x5 3x1 2x5 3x1 2x5 3x40",
      [`loki_ring_members{${loki},name="compactor",state="ACTIVE"}`]: "1x60",
    },
    after: 30,
    fires: [],
  },

  {
    alert: "GranaryLogPanic",
    when: "requests make it panic",
    series: { [`loki_panic_total{${loki}}`]: "0x10 1x5 2x20" },
    after: 15,
    fires: [
      {
        severity: "warning",
        labels: { pod: "loki-0" },
        says: "loki-0 recovered from 1 panics during 10 minutes. The requests that caused them failed.",
      },
    ],
  },
  { alert: "GranaryLogPanic", when: "none does", series: { [`loki_panic_total{${loki}}`]: "3x30" }, after: 20, fires: [] },

  ...stalled(
    "GranaryLogCompactionStalled",
    "loki_boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds",
    "critical",
    240,
    "The last compaction that succeeded was 4h 0m 0s ago. Queries grow slower, and nothing expires.",
  ),
  ...stalled(
    "GranaryLogRetentionStalled",
    "loki_compactor_apply_retention_last_successful_run_timestamp_seconds",
    "warning",
    1500,
    "Retention was last applied 1d 1h 0m 0s ago. Lines stay longer than promised, and the bucket grows.",
  ),
];

/** `after` minutes are long enough to be stalled. The test's clock begins at zero, so the run at its first minute counts as one at 60 s. */
function stalled(alert: string, metric: string, severity: "warning" | "critical", after: number, says: string): AlertCase[] {
  const started = { [`process_start_time_seconds{${loki}}`]: `1x${after + 60}` };
  const other = 'job="granary/loki",namespace="observability",pod="loki-1"';
  return [
    {
      alert,
      when: "it succeeded once, long ago",
      series: { ...started, [`${metric}{${loki}}`]: `0x0 60x${after + 60}` },
      after: after + 1,
      fires: [{ severity, says }],
    },
    {
      alert,
      when: "it never succeeded since the start",
      series: { [`process_start_time_seconds{${loki}}`]: `60x${after + 60}`, [`${metric}{${loki}}`]: `0x${after + 60}` },
      after: after + 1,
      fires: [{ severity, says }],
    },
    {
      alert,
      when: "one pod of three does it and succeeds every ten minutes",
      series: {
        ...started,
        [`process_start_time_seconds{${other}}`]: `1x${after + 60}`,
        [`${metric}{${loki}}`]: `0+60x${after + 60}`,
        [`${metric}{${other}}`]: `0x${after + 60}`,
      },
      after: after + 1,
      fires: [],
    },
    {
      alert,
      when: "the program that does it has just started",
      series: {
        [`process_start_time_seconds{${loki}}`]: `${(after - 30) * 60}x${after + 60}`,
        [`process_start_time_seconds{${other}}`]: `1x${after + 60}`,
        [`${metric}{${loki}}`]: `0x${after + 60}`,
      },
      after: after + 1,
      fires: [],
    },
  ];
}
