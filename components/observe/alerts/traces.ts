// Tempo: are spans taken in, kept, tidied and found?
import { minutes } from "../../config/units";
import { jobs, seriesOf } from "../jobs";
import { type Alert, type AlertGroup, atLevels, grew, percent, type Watched } from "./alert";

export function tracesAlerts({ thresholds, traces }: Watched): AlertGroup[] {
  if (!traces) return [];
  const tempo = seriesOf(jobs.traces, traces.namespace);
  const alerts = [
    ...trafficAlerts(thresholds, tempo),
    ...durabilityAlerts(tempo),
    // In one program, whoever reads a list of blocks is the one that makes it, and its age is always zero.
    ...(traces.kind === "tempostack" ? [tenantIndexStale(tempo)] : []),
  ];
  return [{ name: "granary-traces", alerts }];
}

function trafficAlerts({ queryLatency, errorRate }: Watched["thresholds"], tempo: string): Alert[] {
  const spans = (what: "accepted" | "refused") => `sum(rate(tempo_receiver_${what}_spans{${tempo}}[5m]))`;
  const requests = `${tempo},route!~"metrics|ready|debug_pprof.*|/frontend.Frontend/Process"`;
  return [
    // Spans come in by receivers of their own, which are not among the requests below.
    ...atLevels(errorRate, (limit) => ({
      name: "GranaryTraceIngestionFailing",
      expression: `${spans("refused")} / (${spans("accepted")} + ${spans("refused")}) > ${limit}`,
      lasting: minutes(10),
      summary: "Tempo does not take spans in",
      description: `{{ $value | humanizePercentage }} of the spans that are sent to Tempo are refused; the limit is ${percent(limit)}. Alloy sends them again as long as its queue holds.`,
    })),
    ...atLevels(errorRate, (limit) => ({
      name: "GranaryTraceErrorRateHigh",
      expression:
        `sum by (route) (rate(tempo_request_duration_seconds_count{${requests},status_code=~"5..|error"}[5m]))` +
        ` / sum by (route) (rate(tempo_request_duration_seconds_count{${requests}}[5m])) > ${limit}`,
      lasting: minutes(10),
      summary: "Tempo answers with errors",
      description: `{{ $value | humanizePercentage }} of the requests to {{ $labels.route }} fail; the limit is ${percent(limit)}.`,
    })),
    ...atLevels(queryLatency, ({ seconds }) => ({
      name: "GranaryTraceQueriesSlow",
      expression: `histogram_quantile(0.95, sum by (le, route) (rate(tempo_request_duration_seconds_bucket{${tempo},route=~".*api_(v2_)?(search|traces).*"}[10m]))) > ${seconds}`,
      lasting: minutes(15),
      summary: "Trace queries are slow",
      description: `One of twenty requests to {{ $labels.route }} takes longer than {{ $value | humanizeDuration }}; the limit is ${seconds} s.`,
    })),
    {
      name: "GranarySpansDiscarded",
      severity: "warning",
      expression: grew("tempo_discarded_spans_total", tempo, "tenant, reason", "15m"),
      lasting: minutes(0),
      summary: "Tempo refuses spans",
      description:
        "{{ $value | humanize }} spans of tenant {{ $labels.tenant }} were refused during 15 minutes: {{ $labels.reason }}. They are lost.",
    },
  ];
}

function durabilityAlerts(tempo: string): Alert[] {
  /** More than one failure within an hour, and still going on. */
  const keepsFailing = (metric: string, by: string) =>
    `sum by (${by}) (increase(${metric}{${tempo}}[1h])) > 1 and sum by (${by}) (increase(${metric}{${tempo}}[15m])) > 0`;
  // The first counts failures to list tenants and names none of them; the second those with one tenant's blocks.
  const polls = ["tempodb_blocklist_poll_errors_total", "tempodb_blocklist_tenant_index_errors_total"];
  return [
    {
      name: "GranaryTraceFlushFailing",
      severity: "critical",
      expression: keepsFailing("tempo_ingester_failed_flushes_total", "pod"),
      lasting: minutes(5),
      summary: "Tempo can't write to the object store",
      description:
        "{{ $labels.pod }} failed to flush {{ $value | humanize }} blocks during an hour. Spans stay on its volume until that is full.",
    },
    {
      name: "GranaryBlocklistPollFailing",
      severity: "critical",
      expression: polls.map((metric) => keepsFailing(metric, "tenant")).join(" or "),
      lasting: minutes(5),
      summary: "Tempo can't list its blocks",
      description:
        "Listing blocks{{ with $labels.tenant }} of tenant {{ . }}{{ end }} failed {{ $value | humanize }} times during an hour. New traces are not found, and old ones are not deleted.",
    },
    {
      name: "GranaryTraceCompactionFailing",
      severity: "warning",
      expression: keepsFailing("tempodb_compaction_errors_total", "namespace"),
      lasting: minutes(15),
      summary: "Tempo's compaction fails",
      description: "{{ $value | humanize }} compactions failed during an hour. Blocks pile up, and searches grow slower and dearer.",
    },
    {
      name: "GranaryTraceRetentionFailing",
      severity: "warning",
      expression: keepsFailing("tempodb_retention_errors_total", "namespace"),
      lasting: minutes(15),
      summary: "Tempo can't delete what has expired",
      description: "Retention failed {{ $value | humanize }} times during an hour. Traces stay longer than promised, and the bucket grows.",
    },
  ];
}

const tenantIndexStale = (tempo: string): Alert => ({
  name: "GranaryTenantIndexStale",
  severity: "warning",
  expression: `max by (tenant) (tempodb_blocklist_tenant_index_age_seconds{${tempo}}) > 1800`,
  lasting: minutes(15),
  summary: "Tempo works with an old list of blocks",
  description: "The list of tenant {{ $labels.tenant }} is {{ $value | humanizeDuration }} old. Newer traces are not found.",
});
