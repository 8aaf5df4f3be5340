import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { networkPolicies, type Traffic } from "./policies";
import type { Opening, Policy } from "./policy";

export type NetworkArgs = Traffic;

/** Network policies for Granary's namespaces: nothing in or out but what is used. */
export class Network extends pulumi.ComponentResource {
  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("granary:network:Policies", name, {}, opts);
    for (const policy of networkPolicies(args)) {
      const scope = policy.namespace === args.namespace ? "" : `${policy.namespace}-`;
      new kubernetes.networking.v1.NetworkPolicy(`${name}-${scope}${policy.name.replace(/^granary-/, "")}`, manifest(policy), {
        parent: this,
      });
    }
    this.registerOutputs({});
  }
}

/** A policy as Kubernetes writes it: a direction that is named but has no rule is shut. */
export function manifest({ name, namespace, purpose, pods, ingress, egress }: Policy) {
  const rules = (openings: readonly Opening[], side: "from" | "to") =>
    openings.map(({ peers, ports }) => ({ [side]: peers.map((peer) => ({ ...peer })), ports: ports.map((port) => ({ ...port })) }));
  return {
    metadata: { name, namespace, annotations: { "granary.dev/purpose": purpose } },
    spec: {
      podSelector: Object.keys(pods).length > 0 ? { matchLabels: { ...pods } } : {},
      policyTypes: [...(ingress ? ["Ingress"] : []), ...(egress ? ["Egress"] : [])],
      ...(ingress && ingress.length > 0 ? { ingress: rules(ingress, "from") } : {}),
      ...(egress && egress.length > 0 ? { egress: rules(egress, "to") } : {}),
    },
  };
}
