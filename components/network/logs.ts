// Traffic of Loki: among its own programs, from those who push and query, to the store.
import type { CollectionEndpoint } from "../collection/endpoint";
import type { LogsEndpoint } from "../logs/endpoint";
import type { BucketBinding } from "../storage/store";
import {
  metricsTarget,
  type Neighbours,
  type NetworkConfig,
  namespaceNamed,
  type Opening,
  outside,
  type Peer,
  type Policy,
  podsHere,
  podsIn,
  probes,
  storage,
  tcp,
  toTarget,
  udp,
} from "./policy";

const ports = { http: 3100, grpc: 9095, memberlist: 7946, memcached: 11211, gateway: 8080, memcachedMetrics: 9150 } as const;

type Labels = Readonly<Record<string, string>>;

/** All of Loki's programs, the gateway and the caches among them. */
export const lokiPods = ({ release }: LogsEndpoint): Labels => ({
  "app.kubernetes.io/name": "loki",
  "app.kubernetes.io/instance": release,
});

const component = (logs: LogsEndpoint, name: string): Labels => ({ ...lokiPods(logs), "app.kubernetes.io/component": name });

/** Who answers on a URL: the service `loki-write` stands before the component `write`, and `loki` alone before the single program. */
export function lokiTarget(logs: LogsEndpoint, url: string): { readonly pods: Labels; readonly port: number } {
  const [service = ""] = new URL(url).hostname.split(".");
  const name = service === logs.release ? "single-binary" : service.slice(logs.release.length + 1);
  return { pods: component(logs, name), port: name === "gateway" ? ports.gateway : ports.http };
}

export function logsPolicies(
  config: NetworkConfig,
  logs: LogsEndpoint,
  buckets: readonly BucketBinding[],
  { collection, sends }: Neighbours,
): Policy[] {
  const { namespace } = logs;
  const pods = lokiPods(logs);
  const among: Opening = {
    peers: [podsHere(pods)],
    ports: [...tcp(ports.http, ports.grpc, ports.memberlist, ports.memcached), ...udp(ports.memberlist)],
  };
  const door = (name: string, purpose: string, url: string, peers: readonly Peer[]): Policy[] => {
    const target = lokiTarget(logs, url);
    return peers.length > 0 ? [{ name, namespace, purpose, pods: target.pods, ingress: [{ peers, ports: tcp(target.port) }] }] : [];
  };
  // Whoever is neither Alloy nor Grafana comes by the gateway, which asks who he is; Loki itself believes every tenant's name.
  const byGateway = [...new Set([...config.pushFrom, ...config.queryFrom])].sort().map(namespaceNamed);
  const out = outgoing(config, buckets, sends);
  return [
    {
      name: "granary-loki-internal",
      namespace,
      purpose: "Loki's programs talk to one another.",
      pods,
      ingress: [among],
      egress: [among],
    },
    ...door("granary-loki-push", "Alloy pushes lines.", logs.pushUrl, collection ? [alloy(collection)] : []),
    ...door("granary-loki-query", "Grafana queries.", logs.queryUrl, [outside(config.grafana)]),
    ...door("granary-loki-gateway", "Whoever may, pushes and queries by the gateway.", `http://${logs.release}-gateway`, byGateway),
    {
      name: "granary-loki-metrics",
      namespace,
      purpose: "Prometheus reads metrics; the kubelet asks for health.",
      pods,
      ingress: [
        { peers: [outside(config.prometheus)], ports: tcp(ports.http, ports.memcachedMetrics) },
        ...probes(config, ports.http, ports.gateway, ports.memcached, ports.memcachedMetrics),
      ],
    },
    ...out.map(({ name, purpose, egress }): Policy => ({ name, namespace, purpose, pods, egress })),
  ];
}

interface Way {
  readonly name: string;
  readonly purpose: string;
  readonly egress: readonly Opening[];
}

function outgoing(config: NetworkConfig, buckets: readonly BucketBinding[], { alerts, logsMetrics }: Neighbours["sends"]): Way[] {
  const rules = [...(alerts ? [toTarget(config.alertmanager)] : []), ...(logsMetrics ? [toTarget(metricsTarget(config))] : [])];
  return [
    { name: "granary-loki-store", purpose: "Loki keeps and reads its objects.", egress: storage(config, buckets) },
    { name: "granary-loki-rules", purpose: "Loki's ruler sends alerts and writes what its rules record.", egress: rules },
  ].filter(({ egress }) => egress.length > 0);
}

export const alloyPods = { "app.kubernetes.io/name": "alloy" } as const;
export const alloy = ({ namespace }: CollectionEndpoint): Peer => podsIn(namespace, alloyPods);
