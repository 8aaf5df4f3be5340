// The words that policies are written in: who, which ports, and the baseline that every namespace has.

import type { CollectionEndpoint } from "../collection/endpoint";
import type { GranaryConfig } from "../config/schema";
import type { BucketBinding } from "../storage/store";

export type NetworkConfig = GranaryConfig["network"];
type Labels = Readonly<Record<string, string>>;

export type Peer =
  | { readonly podSelector: { readonly matchLabels: Labels }; readonly namespaceSelector?: { readonly matchLabels: Labels } }
  | { readonly namespaceSelector: { readonly matchLabels?: Labels } }
  | { readonly ipBlock: { readonly cidr: string } }
  /** What Cilium knows by a name of its own. */
  | { readonly entity: Entity };

export type Entity = "host" | "kube-apiserver";

export interface Port {
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

export interface Opening {
  readonly peers: readonly Peer[];
  readonly ports: readonly Port[];
}

export interface Policy {
  readonly name: string;
  readonly namespace: string;
  /** What it is for, as an annotation that `kubectl describe` shows. */
  readonly purpose: string;
  /** Which pods; all of the namespace when empty. */
  readonly pods: Labels;
  /** An empty list lets nothing in; undefined leaves that direction to the other policies. */
  readonly ingress?: readonly Opening[];
  readonly egress?: readonly Opening[];
}

export interface Sends {
  /** Loki's ruler, to Alertmanager. */
  readonly alerts?: boolean;
  /** What Loki's rules record, to Prometheus. */
  readonly logsMetrics?: boolean;
  /** What Tempo makes of spans, to Prometheus. */
  readonly tracesMetrics?: boolean;
}

/** Who else is there. */
export interface Neighbours {
  readonly collection: CollectionEndpoint | undefined;
  readonly sends: Sends;
}

export const tcp = (...ports: readonly number[]): Port[] => ports.map((port) => ({ port, protocol: "TCP" }));
export const udp = (...ports: readonly number[]): Port[] => ports.map((port) => ({ port, protocol: "UDP" }));

export const namespaceNamed = (name: string): Peer => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } });
/** Without `matchLabels`: an empty map would count as a change in every server-side apply. */
export const anyNamespace: Peer = { namespaceSelector: {} };
export const podsHere = (matchLabels: Labels): Peer => ({ podSelector: { matchLabels } });
export const podsIn = (namespace: string, matchLabels: Labels): Peer => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
  podSelector: { matchLabels },
});
export const network = (cidr: string): Peer => ({ ipBlock: { cidr } });

export const outside = ({ namespace, podLabels }: NetworkConfig["grafana"]): Peer => podsIn(namespace, podLabels);

/** Beside address ranges, which don't select nodes there: whatever answers on a node is one of Cilium's entities. */
export const onNodes = ({ plugin }: NetworkConfig, entity: Entity): Peer[] => (plugin === "cilium" ? [{ entity }] : []);

/** The way to one who takes what Granary sends. */
export const toTarget = (target: NonNullable<NetworkConfig["metricsTarget"]>): Opening => ({
  peers: "cidrs" in target ? target.cidrs.map(network) : [outside(target)],
  ports: tcp(target.port),
});

/** Who takes metrics that Loki and Tempo make. */
export const metricsTarget = ({ metricsTarget: target, prometheus }: NetworkConfig) => target ?? prometheus;

/** Nothing goes in or out, except questions to the name servers. */
export function baseline(config: NetworkConfig, namespace: string): Policy[] {
  const { namespace: home, podLabels, cidrs, ports } = config.dns;
  const nameServers = [podsIn(home, podLabels), ...cidrs.map(network), ...(cidrs.length > 0 ? onNodes(config, "host") : [])];
  return [
    {
      name: "granary-default-deny",
      namespace,
      purpose: "Nothing goes in or out unless another policy says so.",
      pods: {},
      ingress: [],
      egress: [],
    },
    {
      name: "granary-dns",
      namespace,
      purpose: "Every pod may ask the cluster's name servers.",
      pods: {},
      egress: [{ peers: nameServers, ports: [...udp(...ports), ...tcp(...ports)] }],
    },
  ];
}

/** Kubelet's probes, for network plugins that don't let them through by themselves. */
export const probes = ({ nodes }: NetworkConfig, ...ports: readonly number[]): Opening[] =>
  nodes.length > 0 ? [{ peers: nodes.map(network), ports: tcp(...ports) }] : [];

/** The way to the object store and to whoever vouches for the workload; nothing for a store that is plain disk. */
export function storage(config: NetworkConfig, bindings: readonly BucketBinding[]): Opening[] {
  const openings = bindings.flatMap((binding): Opening[] => {
    if (binding.kind === "disk") return [];
    const { reach } = binding.endpoint;
    const peers = reach.kind === "namespace" ? [podsIn(reach.namespace, reach.podLabels)] : reach.cidrs.map(network);
    return [{ peers, ports: tcp(reach.port) }, ...identity(config, binding.credentials.kind)];
  });
  const distinct = new Map(openings.map((opening) => [JSON.stringify(opening), opening]));
  return [...distinct.values()];
}

function identity(config: NetworkConfig, kind: "secret" | "irsa" | "pod-identity"): Opening[] {
  const { cidrs } = config.tokenService;
  // EKS' agent answers on this address of every node.
  if (kind === "pod-identity") return [{ peers: [network("169.254.170.23/32"), ...onNodes(config, "host")], ports: tcp(80) }];
  return kind === "irsa" && cidrs.length > 0 ? [{ peers: cidrs.map(network), ports: tcp(443) }] : [];
}
