// Cilium's own policies add to what NetworkPolicies let through.
import { at, fields, list, text } from "../readers/values";
import type { ResourceRule } from "../rule";
import { isTheWorld } from "./network";

/** Entities that are more than nodes, the API server or the plugin itself. */
const everyone: ReadonlySet<unknown> = new Set(["all", "world", "world-ipv4", "world-ipv6", "cluster", "unmanaged"]);

export const ciliumNarrow: ResourceRule = {
  id: "network-cilium-narrow",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  type: "kubernetes:cilium.io/v2:CiliumNetworkPolicy",
  demands: "CiliumNetworkPolicies name whom they open to, never the world or the whole cluster.",
  reason: "What Cilium's policies allow is added to what NetworkPolicies do: one that is wide undoes them all.",
  fix: "Name endpoints by labels, or an entity as small as kube-apiserver or host, with its ports.",
  *check({ props }) {
    const specs = [["spec", at(props, "spec")], ...list(at(props, "specs")).map((spec, i) => [`specs[${i}]`, spec])] as const;
    for (const [path, spec] of specs) {
      yield* wide(spec, `${path}`, "ingress", "from");
      yield* wide(spec, `${path}`, "egress", "to");
    }
  },
};

function* wide(spec: unknown, from: string, direction: "ingress" | "egress", side: "from" | "to"): Generator<string> {
  for (const [i, rule] of list(at(spec, direction)).entries()) {
    const path = `${from}.${direction}[${i}]`;
    // Ports without anybody are those of everybody.
    const named = Object.keys(fields(rule)).filter((key) => key !== "toPorts" && key !== "icmps");
    if (named.length === 0 && Object.keys(fields(rule)).length > 0) yield `${path} names nobody, which is everyone`;
    for (const entity of list(at(rule, `${side}Entities`))) if (everyone.has(entity)) yield `${path}.${side}Entities holds ${entity}`;
    const ranges = [...list(at(rule, `${side}CIDR`)), ...list(at(rule, `${side}CIDRSet`)).map((set) => at(set, "cidr"))];
    for (const range of ranges.map(text)) if (range !== undefined && isTheWorld(range)) yield `${path} holds ${range}`;
    for (const [j, endpoint] of list(at(rule, `${side}Endpoints`)).entries())
      if (Object.values(fields(endpoint)).every((part) => Object.keys(fields(part)).length === 0 && list(part).length === 0))
        yield `${path}.${side}Endpoints[${j}] selects every pod`;
  }
}
