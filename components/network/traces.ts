// Traffic of Tempo: among its own programs, from Alloy's spans and Grafana's questions, to the store.
import type { BucketBinding } from "../storage/store";
import type { TracesEndpoint } from "../traces/endpoint";
import { alloy } from "./logs";
import {
  metricsTarget,
  type Neighbours,
  type NetworkConfig,
  namespaceNamed,
  type Opening,
  outside,
  type Policy,
  podsHere,
  probes,
  storage,
  tcp,
  toTarget,
  udp,
} from "./policy";

const ports = { http: 3200, grpc: 9095, memberlist: 7946, otlp: 4317, jaeger: 16686 } as const;

export const tempoPods = ({ release, kind }: TracesEndpoint): Readonly<Record<string, string>> =>
  kind === "monolithic"
    ? { "app.kubernetes.io/name": "tempo", "app.kubernetes.io/instance": release }
    : { "app.kubernetes.io/managed-by": "tempo-operator", "app.kubernetes.io/instance": release };

export function tracesPolicies(
  config: NetworkConfig,
  traces: TracesEndpoint,
  buckets: readonly BucketBinding[],
  { collection, sends }: Neighbours,
): Policy[] {
  const { namespace } = traces;
  const pods = tempoPods(traces);
  const among: Opening = {
    peers: [podsHere(pods)],
    ports: [...tcp(ports.http, ports.grpc, ports.memberlist, ports.otlp), ...udp(ports.memberlist)],
  };
  // Tempo has no gateway here and believes every tenant's name: where tenants are kept apart nobody but Grafana may ask.
  const readers = traces.multiTenant ? [] : config.queryFrom.map(namespaceNamed);
  const store = storage(config, buckets);
  const policies: (Policy | undefined)[] = [
    {
      name: "granary-tempo-internal",
      namespace,
      purpose: "Tempo's programs talk to one another.",
      pods,
      ingress: [among],
      egress: [among],
    },
    collection && {
      name: "granary-tempo-push",
      namespace,
      purpose: "Alloy hands over spans.",
      pods,
      ingress: [{ peers: [alloy(collection)], ports: tcp(ports.otlp) }],
    },
    {
      name: "granary-tempo-query",
      namespace,
      purpose: "Grafana, and whoever may, queries.",
      pods,
      ingress: [
        { peers: [outside(config.grafana)], ports: tcp(ports.http) },
        ...(readers.length > 0 ? [{ peers: readers, ports: tcp(ports.http, ports.jaeger) }] : []),
      ],
    },
    {
      name: "granary-tempo-metrics",
      namespace,
      purpose: "Prometheus reads metrics, and takes what Tempo makes of spans; the kubelet asks for health.",
      pods,
      ingress: [{ peers: [outside(config.prometheus)], ports: tcp(ports.http) }, ...probes(config, ports.http)],
      ...(sends.tracesMetrics ? { egress: [toTarget(metricsTarget(config))] } : {}),
    },
    store.length > 0
      ? { name: "granary-tempo-store", namespace, purpose: "Tempo keeps and reads its objects.", pods, egress: store }
      : undefined,
  ];
  return policies.filter((policy) => policy !== undefined);
}
