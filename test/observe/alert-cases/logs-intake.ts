import { type AlertCase, loki } from "./case";

const bytesADay = (perMinute: number) => ({ [`loki_distributor_bytes_received_total{${loki},tenant="fake"}`]: `0+${perMinute}x120` });

export const logsIntakeCases: readonly AlertCase[] = [
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
];
