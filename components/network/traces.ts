// Traffic of Tempo: among its own programs, from Alloy's spans and Grafana's questions, to the store.
import type { CollectionEndpoint } from "../collection/endpoint";
import type { BucketBinding } from "../storage/store";
import type { TracesEndpoint } from "../traces/endpoint";
import { alloy } from "./logs";
import { type NetworkConfig, namespaceNamed, outside, type Policy, podsHere, probes, storage, tcp, udp } from "./policy";

const ports = { http: 3200, grpc: 9095, memberlist: 7946, otlp: 4317 } as const;

export const tempoPods = ({ release, kind }: TracesEndpoint) =>
  kind === "monolithic"
    ? { "app.kubernetes.io/name": "tempo", "app.kubernetes.io/instance": release }
    : { "app.kubernetes.io/managed-by": "tempo-operator", "app.kubernetes.io/instance": release };

export function tracesPolicies(
  config: NetworkConfig,
  traces: TracesEndpoint,
  buckets: readonly BucketBinding[],
  collection: CollectionEndpoint | undefined,
): Policy[] {
  const { namespace } = traces;
  const pods = tempoPods(traces);
  const among = {
    peers: [podsHere(pods)],
    ports: [...tcp(ports.http, ports.grpc, ports.memberlist, ports.otlp), ...udp(ports.memberlist)],
  };
  const store = storage(config, buckets);
  return [
    {
      name: "granary-tempo-internal",
      namespace,
      purpose: "Tempo's programs talk to one another.",
      pods,
      ingress: [among],
      egress: [among],
    },
    ...(collection
      ? [
          {
            name: "granary-tempo-push",
            namespace,
            purpose: "Alloy hands over spans.",
            pods,
            ingress: [{ peers: [alloy(collection)], ports: tcp(ports.otlp) }],
          },
        ]
      : []),
    {
      name: "granary-tempo-query",
      namespace,
      purpose: "Grafana, and whoever may, queries.",
      pods,
      ingress: [{ peers: [outside(config.grafana), ...config.queryFrom.map(namespaceNamed)], ports: tcp(ports.http) }],
    },
    {
      name: "granary-tempo-metrics",
      namespace,
      purpose: "Prometheus reads metrics and takes what Tempo's generator writes; the kubelet asks for health.",
      pods,
      ingress: [{ peers: [outside(config.prometheus)], ports: tcp(ports.http) }, ...probes(config, ports.http)],
      egress: [{ peers: [outside(config.prometheus)], ports: tcp(9090) }],
    },
    ...(store.length > 0
      ? [{ name: "granary-tempo-store", namespace, purpose: "Tempo keeps and reads its objects.", pods, egress: store }]
      : []),
  ];
}
