import { type AlertCase, alloy, alloyPod } from "./case";

export const collectionCases: readonly AlertCase[] = [
  {
    alert: "GranaryLinesDropped",
    when: "Loki refuses lines for good",
    series: { [`loki_write_dropped_entries_total{${alloy},tenant="payments",reason="ingester_error"}`]: "0x10 0+12x20" },
    after: 20,
    fires: [
      {
        severity: "critical",
        labels: { ...alloyPod, tenant: "payments", reason: "ingester_error" },
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
        labels: { ...alloyPod, reason: "line_too_long" },
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
        labels: alloyPod,
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
        labels: { ...alloyPod, tenant: "payments" },
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
        labels: alloyPod,
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
        labels: alloyPod,
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
];
