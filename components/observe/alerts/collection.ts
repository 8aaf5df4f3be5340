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
      expression: grew("loki_write_dropped_entries_total", alloy, "pod, tenant, reason", "5m"),
      lasting: minutes(0),
      summary: "Alloy gives lines up",
      description: `{{ $labels.pod }} dropped {{ $value | humanize }} lines${ofTenant} during 5 minutes: {{ $labels.reason }}. They are lost.`,
    },
    {
      name: "GranaryPushRetrying",
      severity: "warning",
      expression: `sum by (pod, tenant) (rate(loki_write_batch_retries_total{${alloy}}[5m])) > 0`,
      lasting: minutes(15),
      summary: "Alloy can't get rid of its lines",
      description: `{{ $labels.pod }} has been retrying lines${ofTenant} for a quarter of an hour. A container that has filled more than one log file since then loses what lies between.`,
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

/** Where Loki keeps no tenants apart the label is empty. */
const ofTenant = "{{ with $labels.tenant }} of tenant {{ . }}{{ end }}";

const spanAlerts = (alloy: string): Alert[] => [
  {
    name: "GranarySpansLost",
    severity: "critical",
    // What fails for now is tried again and counted nowhere: this counts what Tempo refused for good.
    expression: grew("otelcol_exporter_send_failed_spans_total", alloy, "pod, component_id", "15m"),
    lasting: minutes(0),
    summary: "Tempo refuses spans for good",
    description: "{{ $labels.component_id }} of {{ $labels.pod }} gave up {{ $value | humanize }} spans during 15 minutes. They are lost.",
  },
  {
    name: "GranarySpansNotSent",
    severity: "warning",
    expression: notSent(alloy),
    lasting: minutes(10),
    summary: "Alloy can't hand spans to Tempo",
    description:
      "The queue of {{ $labels.component_id }} of {{ $labels.pod }} is {{ $value | humanizePercentage }} full and does not empty. A full one refuses spans.",
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

/** How full the queue is: past half, or with anything in it while nothing gets away. */
function notSent(alloy: string): string {
  const by = "pod, component_id";
  const full = `max by (${by}) (otelcol_exporter_queue_size{${alloy}} / otelcol_exporter_queue_capacity{${alloy}})`;
  return `${full} > 0.5 or ${full} > 0 unless on (${by}) sum by (${by}) (rate(otelcol_exporter_sent_spans_total{${alloy}}[10m])) > 0`;
}
