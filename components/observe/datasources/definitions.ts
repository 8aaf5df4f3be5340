// Loki's and Tempo's data sources, tied to each other: from a line to its trace, from a span to its lines, from the service map to both.
import type { GranaryConfig } from "../../config/schema";
import type { LogsEndpoint } from "../../logs/endpoint";
import type { TracesEndpoint } from "../../traces/endpoint";

type Grafana = GranaryConfig["observe"]["grafana"];

export interface DataSource {
  readonly uid: string;
  readonly name: string;
  readonly type: "loki" | "tempo";
  readonly url: string;
  /** Who asks, where tenants are kept apart. A tenant's name is no secret; what proves it is, and never comes here. */
  readonly tenant?: string;
  readonly jsonData: Readonly<Record<string, unknown>>;
}

export interface Sources {
  readonly grafana: Grafana;
  readonly logs: LogsEndpoint;
  readonly traces?: TracesEndpoint;
  /** Further tenants, each with data sources of its own. */
  readonly tenants: readonly string[];
}

/** Uids are names and never made up by Grafana, so that dashboards and links survive a new Grafana. */
export const lokiUid = (tenant?: string): string => (tenant ? `granary-loki-${tenant}` : "granary-loki");
export const tempoUid = (tenant?: string): string => (tenant ? `granary-tempo-${tenant}` : "granary-tempo");

/** One view of Loki's and Tempo's data: the stack's own tenant where it names none. */
interface View {
  readonly loki?: string;
  readonly tempo?: string;
  readonly title?: string;
}

export function dataSources({ grafana, logs, traces, tenants }: Sources): DataSource[] {
  const loki = ({ loki: tenant, tempo, title }: View): DataSource => ({
    uid: lokiUid(tenant),
    name: title ? `Loki (${title})` : "Loki",
    type: "loki",
    url: logs.queryUrl,
    ...(logs.multiTenant ? { tenant: tenant ?? logs.tenant } : {}),
    jsonData: lokiSettings(traces && tempoUid(traces.multiTenant ? tempo : undefined)),
  });
  const tempo = (endpoint: TracesEndpoint, { loki, tempo: tenant, title }: View): DataSource => ({
    uid: tempoUid(tenant),
    name: title ? `Tempo (${title})` : "Tempo",
    type: "tempo",
    url: endpoint.queryUrl,
    ...(endpoint.multiTenant ? { tenant: tenant ?? endpoint.tenant } : {}),
    jsonData: {
      ...tempoSettings(lokiUid(logs.multiTenant ? loki : undefined)),
      ...metricsLinks(endpoint.metrics, grafana.prometheusUid),
    },
  });
  const views: View[] = [
    {},
    ...tenants.map((name) => ({ loki: name, tempo: name, title: name })),
    ...(grafana.dataBeforeTenants ? [beforeTenants(logs, traces)] : []),
  ];
  const viewsOf = ({ multiTenant }: { readonly multiTenant: boolean }) => (multiTenant ? views : views.slice(0, 1));
  return [...viewsOf(logs).map(loki), ...(traces ? viewsOf(traces).map((view) => tempo(traces, view)) : [])];
}

/** What was stored while multi-tenancy was off stays under the tenant IDs that Loki and Tempo used then. */
const beforeTenants = (logs: LogsEndpoint, traces: TracesEndpoint | undefined): View => ({
  loki: logs.singleTenant,
  ...(traces ? { tempo: traces.singleTenant } : {}),
  title: "before tenants",
});

/** Grafana hands a pattern to JavaScript as it stands, which knows no `(?i)`; so its letters say themselves that either case will do. */
const traceIdInText = `\\b[Tt][Rr][Aa][Cc][Ee][_-]?[Ii][Dd]["']?\\s*[=:]\\s*["']?([0-9A-Fa-f]{16,32})\\b`;

function lokiSettings(traces: string | undefined): Readonly<Record<string, unknown>> {
  const link = { datasourceUid: traces, url: "${__value.raw}", urlDisplayLabel: "Open the trace" };
  return {
    maxLines: 1000,
    timeout: 120,
    ...(traces
      ? {
          derivedFields: [
            { ...link, name: "trace", matcherType: "regex", matcherRegex: traceIdInText },
            { ...link, name: "trace_id", matcherType: "label", matcherRegex: "^trace_id$" },
          ],
        }
      : {}),
  };
}

function tempoSettings(logs: string): Readonly<Record<string, unknown>> {
  return {
    tracesToLogsV2: {
      datasourceUid: logs,
      spanStartTimeShift: "-5m",
      spanEndTimeShift: "5m",
      // The collection writes these attributes on spans and these labels on lines from the same source: the pod.
      tags: [
        { key: "k8s.namespace.name", value: "namespace" },
        { key: "k8s.pod.name", value: "pod" },
      ],
      filterByTraceID: true,
      filterBySpanID: false,
    },
    nodeGraph: { enabled: true },
    lokiSearch: { datasourceUid: logs },
    traceQuery: { timeShiftEnabled: true, spanStartTimeShift: "-30m", spanEndTimeShift: "30m" },
  };
}

/** Only what Tempo really makes: a link to series that nobody writes leads nowhere. */
function metricsLinks(made: TracesEndpoint["metrics"], prometheus: string): Readonly<Record<string, unknown>> {
  const per = (inner: string, by = "") => `sum by (${by}span_name) (rate(${inner}{$__tags}[5m]))`;
  const queries = [
    { name: "Requests a second", query: per("traces_spanmetrics_calls_total") },
    { name: "95 of 100 within", query: `histogram_quantile(0.95, ${per("traces_spanmetrics_latency_bucket", "le, ")})` },
  ];
  return {
    ...(made.includes("service-graphs") ? { serviceMap: { datasourceUid: prometheus } } : {}),
    ...(made.includes("span-metrics")
      ? { tracesToMetrics: { datasourceUid: prometheus, tags: [{ key: "service.name", value: "service" }], queries } }
      : {}),
  };
}
