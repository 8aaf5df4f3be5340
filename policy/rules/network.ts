// Traffic is denied where nobody asked for it.
import { namespaceOf, workloads } from "../readers/kubernetes";
import { at, fields, knownOf, list, text } from "../readers/values";
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
    const denied = graph
      .ofType(policyType)
      .filter(({ props }) => text(at(props, "metadata.namespace")) === namespace && deniesEverything(props));
    const directions = new Set(denied.flatMap(({ props }) => list(at(props, "spec.policyTypes"))));
    for (const direction of ["Ingress", "Egress"])
      if (!directions.has(direction)) yield `nothing denies ${direction} by default in the namespace ${namespace}`;
  },
};

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
  const selector = fields(at(props, "spec.podSelector"));
  const everyPod = Object.values(selector).every((part) => Object.keys(fields(part)).length === 0 && list(part).length === 0);
  return everyPod && list(at(props, "spec.ingress")).length === 0 && list(at(props, "spec.egress")).length === 0;
}

/** Wider than this is no range of a store any more. */
const shortestPrefix = { v4: 8, v6: 19 } as const;

export const egressNarrow: ResourceRule = {
  id: "network-egress-narrow",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  type: policyType,
  demands: "Egress names where it goes: namespaces, pods or address ranges, never the whole world.",
  reason: "A pod that may talk to every address can carry the logs anywhere.",
  fix: "Give the object store's CIDRs, the VPC endpoint's, or a namespaceSelector; DNS alone may go without.",
  *check(policy) {
    for (const [i, rule] of list(at(policy.props, "spec.egress")).entries()) {
      const path = `spec.egress[${i}]`;
      const peers = list(at(rule, "to"));
      if (peers.length === 0 && !isDns(at(rule, "ports"))) yield `${path} goes to every address`;
      for (const [j, peer] of peers.entries()) {
        const range = text(at(peer, "ipBlock.cidr"));
        if (range !== undefined && isTheWorld(range)) yield `${path}.to[${j}] goes to ${range}`;
        if (Object.keys(fields(peer)).length === 0) yield `${path}.to[${j}] goes to every address`;
      }
    }
  },
};

const isDns = (ports: unknown): boolean =>
  list(ports).length > 0 && list(ports).every((port) => at(port, "port") === 53 || at(port, "port") === "dns");

function isTheWorld(range: string): boolean {
  const length = Number(range.split("/")[1] ?? Number.NaN);
  return length < (range.includes(":") ? shortestPrefix.v6 : shortestPrefix.v4);
}

export const ingressNarrow: ResourceRule = {
  id: "network-ingress-narrow",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  type: policyType,
  demands: "Ingress names who comes in: namespaces, pods or address ranges, never everyone.",
  reason: "The push and query ports of Loki and Tempo read and write everybody's data.",
  fix: "Give a namespaceSelector or podSelector in from.",
  *check(policy) {
    for (const [i, rule] of list(at(policy.props, "spec.ingress")).entries()) {
      const peers = list(at(rule, "from"));
      if (peers.length === 0) yield `spec.ingress[${i}] lets every address in`;
      for (const [j, peer] of peers.entries()) {
        const range = text(at(peer, "ipBlock.cidr"));
        if (range !== undefined && isTheWorld(range)) yield `spec.ingress[${i}].from[${j}] lets ${range} in`;
        if (Object.keys(fields(peer)).length === 0) yield `spec.ingress[${i}].from[${j}] lets every address in`;
      }
    }
  },
};
