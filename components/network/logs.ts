// Traffic of Loki: among its own programs, from those who push and query, to the store.
import type { CollectionEndpoint } from "../collection/endpoint";
import type { LogsEndpoint } from "../logs/endpoint";
import type { BucketBinding } from "../storage/store";
import { type NetworkConfig, namespaceNamed, outside, type Peer, type Policy, podsHere, podsIn, probes, storage, tcp, udp } from "./policy";

const ports = { http: 3100, grpc: 9095, memberlist: 7946, memcached: 11211, gateway: 8080, memcachedMetrics: 9150 } as const;

export const lokiPods = ({ release }: LogsEndpoint) => ({ "app.kubernetes.io/name": "loki", "app.kubernetes.io/instance": release });

/** Who answers on a URL: the gateway's pods, or Loki's own. */
export function lokiTarget(logs: LogsEndpoint, url: string): { readonly pods: Readonly<Record<string, string>>; readonly port: number } {
  return new URL(url).hostname.startsWith(`${logs.release}-gateway.`)
    ? { pods: { ...lokiPods(logs), "app.kubernetes.io/component": "gateway" }, port: ports.gateway }
    : { pods: lokiPods(logs), port: ports.http };
}

export function logsPolicies(
  config: NetworkConfig,
  logs: LogsEndpoint,
  buckets: readonly BucketBinding[],
  collection: CollectionEndpoint | undefined,
): Policy[] {
  const { namespace } = logs;
  const pods = lokiPods(logs);
  const among = {
    peers: [podsHere(pods)],
    ports: [...tcp(ports.http, ports.grpc, ports.memberlist, ports.memcached), ...udp(ports.memberlist)],
  };
  const pushers = [...(collection ? [alloy(collection)] : []), ...config.pushFrom.map(namespaceNamed)];
  const readers = [outside(config.grafana), ...config.queryFrom.map(namespaceNamed)];
  const door = (name: string, purpose: string, url: string, peers: readonly Peer[]): Policy[] => {
    const target = lokiTarget(logs, url);
    return peers.length > 0 ? [{ name, namespace, purpose, pods: target.pods, ingress: [{ peers, ports: tcp(target.port) }] }] : [];
  };
  const store = storage(config, buckets);
  return [
    { name: "granary-loki-internal", namespace, purpose: "Loki's programs talk to one another.", pods, ingress: [among], egress: [among] },
    ...door("granary-loki-push", "Alloy, and whoever may, pushes lines.", logs.pushUrl, pushers),
    ...door("granary-loki-query", "Grafana, and whoever may, queries.", logs.queryUrl, readers),
    {
      name: "granary-loki-metrics",
      namespace,
      purpose: "Prometheus reads metrics; the kubelet asks for health.",
      pods,
      ingress: [
        { peers: [outside(config.prometheus)], ports: tcp(ports.http, ports.memcachedMetrics) },
        ...probes(config, ports.http, ports.gateway),
      ],
    },
    ...(store.length > 0
      ? [{ name: "granary-loki-store", namespace, purpose: "Loki keeps and reads its objects.", pods, egress: store }]
      : []),
    {
      name: "granary-loki-rules",
      namespace,
      purpose: "Loki's ruler sends alerts and writes what its rules record.",
      pods,
      egress: [
        { peers: [outside(config.alertmanager)], ports: tcp(9093) },
        { peers: [outside(config.prometheus)], ports: tcp(9090) },
      ],
    },
  ];
}

export const alloyPods = { "app.kubernetes.io/name": "alloy" } as const;
export const alloy = ({ namespace }: CollectionEndpoint): Peer => podsIn(namespace, alloyPods);
