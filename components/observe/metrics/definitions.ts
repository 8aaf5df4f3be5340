// What Prometheus reads from where. The jobs' names are Granary's own, so that alerts and dashboards can rely on them.
import type { CollectionEndpoint } from "../../collection/endpoint";
import type { Duration } from "../../config/units";
import { goDuration } from "../../config/units";
import type { ServiceMonitorSpec } from "../../kubernetes/generated/ServiceMonitor.gen";
import type { LogsEndpoint } from "../../logs/endpoint";
import type { TracesEndpoint } from "../../traces/endpoint";
import { jobs } from "../jobs";

export interface Monitor {
  readonly name: string;
  readonly namespace: string;
  readonly spec: ServiceMonitorSpec;
}

export interface Monitored {
  readonly interval: Duration;
  readonly logs: LogsEndpoint;
  readonly traces?: TracesEndpoint;
  readonly collection?: CollectionEndpoint;
}

type Selector = ServiceMonitorSpec["selector"];

export function monitors({ interval, logs, traces, collection }: Monitored): Monitor[] {
  return [
    monitor("granary-loki", logs.namespace, jobs.logs, interval, lokiServices(logs), ["http-metrics"]),
    ...(traces ? [monitor("granary-tempo", traces.namespace, jobs.traces, interval, tempoServices(traces), tempoPorts(traces))] : []),
    ...(collection
      ? [monitor("granary-alloy", collection.namespace, jobs.collection, interval, alloyServices(collection), ["http-metrics"])]
      : []),
  ];
}

/** The chart puts several services before the same pods, and marks those that would make Prometheus read them twice. */
const lokiServices = ({ release }: LogsEndpoint): Selector => ({
  matchLabels: { "app.kubernetes.io/name": "loki", "app.kubernetes.io/instance": release },
  matchExpressions: [{ key: "prometheus.io/service-monitor", operator: "NotIn", values: ["false"] }],
});

const tempoServices = ({ release, kind }: TracesEndpoint): Selector =>
  kind === "monolithic"
    ? { matchLabels: { "app.kubernetes.io/name": "tempo", "app.kubernetes.io/instance": release } }
    : {
        matchLabels: { "app.kubernetes.io/managed-by": "tempo-operator", "app.kubernetes.io/instance": release },
        // A second service before the same pods.
        matchExpressions: [{ key: "app.kubernetes.io/component", operator: "NotIn", values: ["query-frontend-discovery"] }],
      };

const tempoPorts = ({ kind }: TracesEndpoint): readonly string[] => (kind === "monolithic" ? ["tempo-prom-metrics"] : ["http"]);

const alloyServices = ({ releases }: CollectionEndpoint): Selector => ({
  matchExpressions: [{ key: "app.kubernetes.io/instance", operator: "In", values: [...releases] }],
});

function monitor(name: string, namespace: string, job: string, interval: Duration, selector: Selector, ports: readonly string[]): Monitor {
  const relabelings = [
    { action: "replace" as const, targetLabel: "job", replacement: job },
    { action: "replace" as const, sourceLabels: ["__meta_kubernetes_pod_label_app_kubernetes_io_component"], targetLabel: "component" },
  ];
  const endpoints = ports.map((port) => ({ port, interval: goDuration(interval), relabelings }));
  return { name, namespace, spec: { selector, namespaceSelector: { matchNames: [namespace] }, endpoints } };
}
