// Traffic is denied where nobody asked for it.
import { namespaceOf, workloads } from "../readers/kubernetes";
import { at, fields, isFields, knownOf, list, text } from "../readers/values";
import type { Graph, Resource } from "../resource";
import { localStacks, type ResourceRule, type StackRule } from "../rule";

export const policyType = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

export const defaultDeny: StackRule = {
  id: "network-default-deny",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "stack",
  settings: localStacks,
  demands: "Every namespace with workloads has a network policy that denies all traffic, in and out, by default.",
  reason: "Loki without authentication takes lines from, and answers, whoever reaches its port.",
  fix: "Add a NetworkPolicy with an empty podSelector, both policyTypes and no rules; open what is used in others.",
  names: { cis: ["Kubernetes 5.3.2"] },
  subjects: (graph, { local }) => (local ? [] : firstOfEachNamespace(graph)),
  *check(resource, graph) {
    const namespace = namespaceOf(resource) ?? "default";
    const directions = deniedDirections(graph, namespace);
    for (const direction of ["Ingress", "Egress"])
      if (!directions.has(direction)) yield `nothing denies ${direction} by default in the namespace ${namespace}`;
  },
};

/** In which directions a namespace begins with nothing open: `Ingress`, `Egress`. */
export function deniedDirections(graph: Graph, namespace: string): ReadonlySet<unknown> {
  const denied = graph
    .ofType(policyType)
    .filter(({ props }) => text(at(props, "metadata.namespace")) === namespace && deniesEverything(props));
  return new Set(denied.flatMap(({ props }) => list(at(props, "spec.policyTypes"))));
}

/** One subject per namespace, so that one missing policy is one violation. Where the namespace is unknown, the check says so. */
function firstOfEachNamespace(graph: Graph): Iterable<Resource> {
  const first = new Map<string, Resource>();
  for (const resource of workloads(graph)) {
    const namespace = knownOf([resource], (one) => [namespaceOf(one) ?? "default"])[0] ?? resource.urn;
    if (!first.has(namespace)) first.set(namespace, resource);
  }
  return first.values();
}

function deniesEverything(props: unknown): boolean {
  return (
    selectsAll(at(props, "spec.podSelector")) && list(at(props, "spec.ingress")).length === 0 && list(at(props, "spec.egress")).length === 0
  );
}

const selectsAll = (selector: unknown): boolean =>
  Object.values(fields(selector)).every((part) => Object.keys(fields(part)).length === 0 && list(part).length === 0);

/** Wider than this is no range of a store any more. */
const shortestPrefix = { v4: 8, v6: 19 } as const;

const openPorts = {
  type: "array" as const,
  items: { type: "number" as const },
  default: [4317, 4318],
  description: "Ports that may be open to every pod of the cluster. By default those that take spans, be it Alloy's or Tempo's.",
};

export const egressNarrow: ResourceRule = {
  id: "network-egress-narrow",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  type: policyType,
  settings: { openPorts },
  demands: "Egress names where it goes: namespaces, pods or address ranges, never the whole world or the whole cluster.",
  reason: "A pod that may talk to every address can carry the logs anywhere.",
  fix: "Give the object store's CIDRs, the VPC endpoint's, or a namespaceSelector that selects; DNS alone may go without.",
  *check(policy, { settings }) {
    for (const [i, rule] of list(at(policy.props, "spec.egress")).entries()) {
      const [path, peers, ports] = [`spec.egress[${i}]`, list(at(rule, "to")), at(rule, "ports")];
      if (peers.length === 0 && !isDns(ports)) yield `${path} goes to every address`;
      for (const [j, peer] of peers.entries()) {
        const wide = everyone(peer, isDns(ports) || onlyOn(ports, settings.openPorts));
        if (wide) yield `${path}.to[${j}] goes to ${wide}`;
      }
    }
  },
};

export const ingressNarrow: ResourceRule = {
  id: "network-ingress-narrow",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  type: policyType,
  settings: { openPorts },
  demands: "Ingress names who comes in: namespaces, pods or address ranges, never everyone, and every pod only where openPorts says so.",
  reason: "The push and query ports of Loki and Tempo read and write everybody's data.",
  fix: "Give a namespaceSelector that selects or a podSelector in from.",
  *check(policy, { settings }) {
    for (const [i, rule] of list(at(policy.props, "spec.ingress")).entries()) {
      const [path, peers, ports] = [`spec.ingress[${i}]`, list(at(rule, "from")), at(rule, "ports")];
      if (peers.length === 0) yield `${path} lets every address in`;
      for (const [j, peer] of peers.entries()) {
        const wide = everyone(peer, onlyOn(ports, settings.openPorts));
        if (wide) yield `${path}.from[${j}] lets ${wide} in`;
      }
    }
  },
};

/** Who a peer is, when it is everyone; every pod may be meant. */
function everyone(peer: unknown, podsMayBe: boolean): string | undefined {
  const { ipBlock, namespaceSelector, podSelector } = fields(peer);
  const range = text(at(ipBlock, "cidr"));
  if (range !== undefined) return isTheWorld(range) ? range : undefined;
  if (Object.keys(fields(peer)).length === 0) return "every address";
  const everyPod = isFields(namespaceSelector) && selectsAll(namespaceSelector) && selectsAll(podSelector);
  return everyPod && !podsMayBe ? "every pod of the cluster" : undefined;
}

/** Name servers' pods listen on 5353 on OpenShift and on 8053 on Gardener. */
const isDns = (ports: unknown): boolean => onlyOn(ports, [53, 5353, 8053, "dns", "dns-tcp"]);

/** A rule without ports is for all of them, and a range for more than its first. */
const onlyOn = (ports: unknown, known: unknown): boolean =>
  list(ports).length > 0 && list(ports).every((port) => list(known).includes(at(port, "port")) && at(port, "endPort") === undefined);

export function isTheWorld(range: string): boolean {
  const length = Number(range.split("/")[1] ?? Number.NaN);
  return length < (range.includes(":") ? shortestPrefix.v6 : shortestPrefix.v4);
}
