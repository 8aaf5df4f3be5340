import { type AlertCase, alloy } from "./case";

const pod = { pod: "alloy-x" };
const tempo = `${alloy},component_id="otelcol.exporter.otlp.tempo"`;

const notSent = (full: string) => ({
  severity: "warning" as const,
  labels: { ...pod, component_id: "otelcol.exporter.otlp.tempo" },
  says: `The queue of otelcol.exporter.otlp.tempo of alloy-x is ${full} full and does not empty. A full one refuses spans.`,
});

export const collectionCases: readonly AlertCase[] = [
  {
    alert: "GranaryLinesDropped",
    when: "Loki refuses lines for good",
    series: { [`loki_write_dropped_entries_total{${alloy},tenant="payments",reason="ingester_error"}`]: "0x10 0+12x20" },
    after: 20,
    fires: [
      {
        severity: "critical",
        labels: { ...pod, tenant: "payments", reason: "ingester_error" },
        says: "alloy-x dropped 60 lines of tenant payments during 5 minutes: ingester_error. They are lost.",
      },
    ],
  },
  {
    alert: "GranaryLinesDropped",
    when: "some are dropped once, and their counter is born with them",
    series: { [`loki_write_dropped_entries_total{${alloy},tenant="",reason="line_too_long"}`]: "_x10 12x20" },
    after: 13,
    fires: [
      {
        severity: "critical",
        labels: { ...pod, reason: "line_too_long" },
        says: "alloy-x dropped 12 lines during 5 minutes: line_too_long. They are lost.",
      },
    ],
  },
  {
    alert: "GranaryLinesDropped",
    when: "that was long ago",
    series: { [`loki_write_dropped_entries_total{${alloy},tenant="",reason="line_too_long"}`]: "_x10 12x50" },
    after: 40,
    fires: [],
  },
  {
    alert: "GranaryLinesDropped",
    when: "nothing is dropped",
    series: { [`loki_write_dropped_entries_total{${alloy},tenant="",reason="ingester_error"}`]: "0x40" },
    after: 20,
    fires: [],
  },

  {
    alert: "GranaryPushRetrying",
    when: "every push is tried again",
    series: { [`loki_write_batch_retries_total{${alloy},tenant=""}`]: "0+3x60" },
    after: 30,
    fires: [
      {
        severity: "warning",
        labels: pod,
        says: "alloy-x has been retrying lines for a quarter of an hour. A container that has filled more than one log file since then loses what lies between.",
      },
    ],
  },
  {
    alert: "GranaryPushRetrying",
    when: "one tenant is over a limit",
    series: {
      [`loki_write_batch_retries_total{${alloy},tenant="payments"}`]: "0+3x60",
      [`loki_write_batch_retries_total{${alloy},tenant="platform"}`]: "0x60",
    },
    after: 30,
    fires: [
      {
        severity: "warning",
        labels: { ...pod, tenant: "payments" },
        says: "alloy-x has been retrying lines of tenant payments for a quarter of an hour. A container that has filled more than one log file since then loses what lies between.",
      },
    ],
  },
  {
    alert: "GranaryPushRetrying",
    when: "Loki was restarted",
    series: { [`loki_write_batch_retries_total{${alloy}}`]: "0x10 0+3x3 9x60" },
    after: 30,
    fires: [],
  },

  {
    alert: "GranaryCollectorConfigurationRejected",
    when: "the last configuration did not load",
    series: { [`alloy_config_last_load_successful{${alloy}}`]: "0x60" },
    after: 20,
    fires: [
      {
        severity: "warning",
        labels: pod,
        says: "alloy-x goes on with the configuration before, and will not start again without it.",
      },
    ],
  },
  {
    alert: "GranaryCollectorConfigurationRejected",
    when: "it loaded",
    series: { [`alloy_config_last_load_successful{${alloy}}`]: "1x60" },
    after: 20,
    fires: [],
  },

  {
    alert: "GranaryCollectorUnhealthy",
    when: "a component fails",
    series: {
      [`alloy_component_controller_running_components{${alloy},health_type="unhealthy"}`]: "1x60",
      [`alloy_component_controller_running_components{${alloy},health_type="healthy"}`]: "9x60",
    },
    after: 30,
    fires: [
      {
        severity: "warning",
        labels: pod,
        says: "1 components of alloy-x are not healthy; its page on port 12345 says which and why.",
      },
    ],
  },
  {
    alert: "GranaryCollectorUnhealthy",
    when: "all are healthy",
    series: { [`alloy_component_controller_running_components{${alloy},health_type="healthy"}`]: "10x60" },
    after: 30,
    fires: [],
  },

  {
    alert: "GranaryCollectorMissing",
    when: "two nodes have none",
    series: { 'kube_daemonset_status_number_unavailable{namespace="observability-collection",daemonset="granary-alloy"}': "2x60" },
    after: 30,
    fires: [
      {
        severity: "warning",
        labels: { daemonset: "granary-alloy" },
        says: "2 nodes are not collected from. Their lines wait on disk until the kubelet rotates their files away.",
      },
    ],
  },
  {
    alert: "GranaryCollectorMissing",
    when: "every node has one",
    series: { 'kube_daemonset_status_number_unavailable{namespace="observability-collection",daemonset="granary-alloy"}': "0x60" },
    after: 30,
    fires: [],
  },

  {
    alert: "GranarySpansLost",
    when: "Tempo refuses spans for good, the first time",
    series: { [`otelcol_exporter_send_failed_spans_total{${tempo},error_type="ResourceExhausted",error_permanent="true"}`]: "_x10 20x60" },
    after: 12,
    fires: [
      {
        severity: "critical",
        labels: { ...pod, component_id: "otelcol.exporter.otlp.tempo" },
        says: "otelcol.exporter.otlp.tempo of alloy-x gave up 20 spans during 15 minutes. They are lost.",
      },
    ],
  },
  {
    alert: "GranarySpansLost",
    when: "all arrive",
    series: { [`otelcol_exporter_send_failed_spans_total{${tempo}}`]: "0x60" },
    after: 40,
    fires: [],
  },

  {
    alert: "GranarySpansNotSent",
    when: "the queue fills faster than it empties",
    series: {
      [`otelcol_exporter_queue_size{${tempo}}`]: "80x60",
      [`otelcol_exporter_queue_capacity{${tempo}}`]: "100x60",
      [`otelcol_exporter_sent_spans_total{${tempo}}`]: "0+20x60",
    },
    after: 30,
    fires: [notSent("80%")],
  },
  {
    alert: "GranarySpansNotSent",
    when: "few wait, but none has ever got away",
    series: { [`otelcol_exporter_queue_size{${tempo}}`]: "2x60", [`otelcol_exporter_queue_capacity{${tempo}}`]: "100x60" },
    after: 30,
    fires: [notSent("2%")],
  },
  {
    alert: "GranarySpansNotSent",
    when: "some wait and others get away",
    series: {
      [`otelcol_exporter_queue_size{${tempo}}`]: "2x60",
      [`otelcol_exporter_queue_capacity{${tempo}}`]: "100x60",
      [`otelcol_exporter_sent_spans_total{${tempo}}`]: "0+20x60",
    },
    after: 30,
    fires: [],
  },
  {
    alert: "GranarySpansNotSent",
    when: "nobody sends any",
    series: {
      [`otelcol_exporter_queue_size{${tempo}}`]: "0x60",
      [`otelcol_exporter_queue_capacity{${tempo}}`]: "100x60",
      [`otelcol_exporter_sent_spans_total{${tempo}}`]: "5x60",
    },
    after: 30,
    fires: [],
  },

  {
    alert: "GranarySpansRefused",
    when: "memory runs out",
    series: { [`otelcol_receiver_refused_spans_total{${alloy}}`]: "0+20x60" },
    after: 40,
    fires: [
      {
        severity: "warning",
        labels: pod,
        says: "alloy-x refused 300 spans during 15 minutes, for want of memory or room in its queue. Programs send them again, or lose them.",
      },
    ],
  },
  {
    alert: "GranarySpansRefused",
    when: "there is room",
    series: { [`otelcol_receiver_refused_spans_total{${alloy}}`]: "0x60" },
    after: 40,
    fires: [],
  },
];
