import { type AlertCase, loki } from "./case";

export const logsIngestersCases: readonly AlertCase[] = [
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
];
