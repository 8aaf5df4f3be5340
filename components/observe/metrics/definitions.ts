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
    ...(traces ? tempoMonitors(traces, interval) : []),
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

/** Each program of the operator's has a certificate in its own name, and shows its metrics to holders of one: the monitors hold that of the program they read. */
function tempoMonitors(traces: TracesEndpoint, interval: Duration): Monitor[] {
  const { release, namespace, encrypted = [] } = traces;
  const open = monitor("granary-tempo", namespace, jobs.traces, interval, tempoServices(traces), tempoPorts(traces));
  const closed = encrypted.map((component) => {
    const name = `tempo-${release}-${component}`;
    const secret = { name: `${name}-mtls` };
    const selector = { matchLabels: { ...operatorServices(release), "app.kubernetes.io/component": component } };
    return monitor(`granary-tempo-${component}`, namespace, jobs.traces, interval, selector, ["http"], {
      scheme: "https",
      tlsConfig: {
        ca: { configMap: { name: `tempo-${release}-ca-bundle`, key: "service-ca.crt" } },
        cert: { secret: { ...secret, key: "tls.crt" } },
        keySecret: { ...secret, key: "tls.key" },
        serverName: `${name}.${namespace}.svc.cluster.local`,
      },
    });
  });
  return [open, ...closed];
}

const operatorServices = (release: string) => ({
  "app.kubernetes.io/managed-by": "tempo-operator",
  "app.kubernetes.io/instance": release,
});

const tempoServices = ({ release, kind, encrypted = [] }: TracesEndpoint): Selector =>
  kind === "monolithic"
    ? { matchLabels: { "app.kubernetes.io/name": "tempo", "app.kubernetes.io/instance": release } }
    : {
        matchLabels: operatorServices(release),
        // The frontend has a second service before the same pods.
        matchExpressions: [{ key: "app.kubernetes.io/component", operator: "NotIn", values: [...encrypted, "query-frontend-discovery"] }],
      };

const tempoPorts = ({ kind }: TracesEndpoint): readonly string[] => (kind === "monolithic" ? ["tempo-prom-metrics"] : ["http"]);

const alloyServices = ({ releases }: CollectionEndpoint): Selector => ({
  matchExpressions: [{ key: "app.kubernetes.io/instance", operator: "In", values: [...releases] }],
});

type Transport = Pick<NonNullable<ServiceMonitorSpec["endpoints"]>[number], "scheme" | "tlsConfig">;

function monitor(
  name: string,
  namespace: string,
  job: string,
  interval: Duration,
  selector: Selector,
  ports: readonly string[],
  transport: Transport = {},
): Monitor {
  const relabelings = [
    { action: "replace" as const, targetLabel: "job", replacement: job },
    { action: "replace" as const, sourceLabels: ["__meta_kubernetes_pod_label_app_kubernetes_io_component"], targetLabel: "component" },
  ];
  const endpoints = ports.map((port) => ({ port, interval: goDuration(interval), relabelings, ...transport }));
  return { name, namespace, spec: { selector, namespaceSelector: { matchNames: [namespace] }, endpoints } };
}
