// Alloy: does everything that is written and sent get on its way?
import { minutes } from "../../config/units";
import { jobs, seriesOf } from "../jobs";
import { type Alert, type AlertGroup, grew, type Watched } from "./alert";

export function collectionAlerts({ collection }: Watched): AlertGroup[] {
  if (!collection) return [];
  const alloy = seriesOf(jobs.collection, collection.namespace);
  const alerts: Alert[] = [
    {
      name: "GranaryLinesDropped",
      severity: "critical",
      expression: grew("loki_write_dropped_entries_total", alloy, "pod, reason", "5m"),
      lasting: minutes(0),
      summary: "Alloy gives lines up",
      description: "{{ $labels.pod }} dropped {{ $value | humanize }} lines during 5 minutes: {{ $labels.reason }}. They are lost.",
    },
    {
      name: "GranaryPushRetrying",
      severity: "warning",
      expression: `sum by (pod) (rate(loki_write_batch_retries_total{${alloy}}[5m])) > 0`,
      lasting: minutes(15),
      summary: "Alloy can't get rid of its lines",
      description:
        "{{ $labels.pod }} has been retrying for a quarter of an hour. Lines wait on the node until the kubelet rotates their files away.",
    },
    {
      name: "GranaryCollectorConfigurationRejected",
      severity: "warning",
      expression: `min by (pod) (alloy_config_last_load_successful{${alloy}}) == 0`,
      lasting: minutes(10),
      summary: "Alloy refuses its configuration",
      description: "{{ $labels.pod }} goes on with the configuration before, and will not start again without it.",
    },
    {
      name: "GranaryCollectorUnhealthy",
      severity: "warning",
      expression: `sum by (pod) (alloy_component_controller_running_components{${alloy},health_type!="healthy"}) > 0`,
      lasting: minutes(15),
      summary: "A part of Alloy doesn't work",
      description: "{{ $value }} components of {{ $labels.pod }} are not healthy; its page on port 12345 says which and why.",
    },
    {
      name: "GranaryCollectorMissing",
      severity: "warning",
      expression: `max by (daemonset) (kube_daemonset_status_number_unavailable{namespace="${collection.namespace}"}) > 0`,
      lasting: minutes(15),
      summary: "Nodes without Alloy",
      description: "{{ $value }} nodes are not collected from. Their lines wait on disk until the kubelet rotates their files away.",
    },
    ...(collection.otlpGrpc ? spanAlerts(alloy) : []),
  ];
  return [{ name: "granary-collection", alerts }];
}

const spanAlerts = (alloy: string): Alert[] => [
  {
    name: "GranarySpansNotSent",
    severity: "warning",
    expression: grew("otelcol_exporter_send_failed_spans_total", alloy, "pod", "15m"),
    lasting: minutes(15),
    summary: "Alloy can't hand spans to Tempo",
    description:
      "{{ $labels.pod }} failed to send {{ $value | humanize }} spans during 15 minutes; it keeps trying as long as its queue holds.",
  },
  {
    name: "GranarySpansRefused",
    severity: "warning",
    expression: grew("otelcol_receiver_refused_spans_total", alloy, "pod", "15m"),
    lasting: minutes(15),
    summary: "Alloy refuses spans",
    description:
      "{{ $labels.pod }} refused {{ $value | humanize }} spans during 15 minutes, for want of memory or room in its queue. Programs send them again, or lose them.",
  },
];
