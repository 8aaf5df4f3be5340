// Who may talk to whom, worked out from policies as a cluster would.
import { BlockList, isIPv6 } from "node:net";
import { networkSchema } from "../../components/config/schema/network";
import { networkPolicies, type Traffic } from "../../components/network/policies";
import type { Entity, Opening, Policy } from "../../components/network/policy";
import type { ObjectBinding } from "../../components/storage/store";
import { collection, logs, traces } from "../observe/fixture";

export const binding = (
  reach: ObjectBinding["endpoint"]["reach"],
  credentials: ObjectBinding["credentials"] = { kind: "secret", secretName: "keys" },
): ObjectBinding => ({
  kind: "object",
  bucket: "bucket",
  prefix: "",
  endpoint: { url: "https://store:443", host: "store:443", region: "r", pathStyle: true, tls: true, reach },
  credentials,
  ready: [],
});

export const ceph = binding({ kind: "namespace", namespace: "rook-ceph", podLabels: { app: "rook-ceph-rgw" }, port: 8443 });

export const traffic = (config: unknown = {}, more: Partial<Traffic> = {}): Traffic => ({
  config: networkSchema.parse(config),
  namespace: "observability",
  logs,
  traces,
  collection,
  buckets: { logs: [ceph, ceph], traces: [ceph] },
  ...more,
});

/** Loki without its gateway between. */
export const direct = {
  ...logs,
  pushUrl: "http://loki.observability.svc:3100/loki/api/v1/push",
  queryUrl: "http://loki.observability.svc:3100",
};

export interface Pod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}
/** A pod, or an address. What Cilium has a name for it takes out of address ranges. */
export type End = Pod | { readonly address: string; readonly entity?: Entity };

const isPod = (end: End): end is Pod => "labels" in end;
const carries = (labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>) =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

const family = (address: string) => (isIPv6(address) ? "ipv6" : "ipv4");
function within(address: string, cidr: string): boolean {
  const [base = "", length = ""] = cidr.split("/");
  const list = new BlockList();
  list.addSubnet(base, Number(length), family(base));
  return list.check(address, family(address));
}

function lets({ peers, ports }: Opening, home: string, other: End, port: number, protocol: "TCP" | "UDP"): boolean {
  if (!ports.some((each) => each.port === port && each.protocol === protocol)) return false;
  return peers.some((peer) => {
    if ("entity" in peer) return !isPod(other) && other.entity === peer.entity;
    if ("ipBlock" in peer) return !isPod(other) && other.entity === undefined && within(other.address, peer.ipBlock.cidr);
    if (!isPod(other)) return false;
    const inNamespace =
      "namespaceSelector" in peer && peer.namespaceSelector
        ? carries({ "kubernetes.io/metadata.name": other.namespace }, peer.namespaceSelector.matchLabels ?? {})
        : other.namespace === home;
    return inNamespace && (!("podSelector" in peer) || carries(other.labels, peer.podSelector.matchLabels));
  });
}

/** One direction: open when no policy names the pod for it, else when one of those that do lets it through. */
function open(
  policies: readonly Policy[],
  direction: "ingress" | "egress",
  pod: Pod,
  other: End,
  port: number,
  protocol: "TCP" | "UDP",
): boolean {
  const naming = policies.filter(
    ({ namespace, pods, [direction]: rules }) => namespace === pod.namespace && carries(pod.labels, pods) && rules !== undefined,
  );
  return (
    naming.length === 0 ||
    naming.some(({ [direction]: rules = [] }) => rules.some((rule) => lets(rule, pod.namespace, other, port, protocol)))
  );
}

export function reaches(given: Traffic) {
  const policies = networkPolicies(given);
  return (from: End, to: End, port: number, protocol: "TCP" | "UDP" = "TCP"): boolean =>
    (!isPod(from) || open(policies, "egress", from, to, port, protocol)) &&
    (!isPod(to) || open(policies, "ingress", to, from, port, protocol));
}

const pod = (namespace: string, labels: Record<string, string>): Pod => ({ namespace, labels });
const loki = (component: string) =>
  pod("observability", {
    "app.kubernetes.io/name": "loki",
    "app.kubernetes.io/instance": "loki",
    "app.kubernetes.io/component": component,
  });

export const pods = {
  loki: loki("single-binary"),
  lokiComponent: loki,
  gateway: loki("gateway"),
  tempo: pod("observability", { "app.kubernetes.io/name": "tempo", "app.kubernetes.io/instance": "tempo" }),
  tempoStack: pod("observability", {
    "app.kubernetes.io/managed-by": "tempo-operator",
    "app.kubernetes.io/instance": "granary",
    "app.kubernetes.io/component": "distributor",
  }),
  alloy: pod("observability-collection", { "app.kubernetes.io/name": "alloy", "app.kubernetes.io/instance": "granary-alloy" }),
  grafana: pod("monitoring", { "app.kubernetes.io/name": "grafana" }),
  prometheus: pod("monitoring", { "app.kubernetes.io/name": "prometheus" }),
  alertmanager: pod("monitoring", { "app.kubernetes.io/name": "alertmanager" }),
  store: pod("rook-ceph", { app: "rook-ceph-rgw", rook_object_store: "granary" }),
  nameServer: pod("kube-system", { "k8s-app": "kube-dns" }),
  shop: pod("shop", { app: "cart" }),
  stranger: pod("observability", { app: "debug" }),
};
