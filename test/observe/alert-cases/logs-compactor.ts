import { type AlertCase, loki } from "./case";

export const logsCompactorCases: readonly AlertCase[] = [
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
