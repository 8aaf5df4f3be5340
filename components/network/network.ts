import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CiliumNetworkPolicy } from "../kubernetes/custom-resources";
import { ciliumManifest, manifest } from "./manifests";
import { networkPolicies, type Traffic } from "./policies";

export type NetworkArgs = Traffic;

/** Network policies for Granary's namespaces: nothing in or out but what is used. */
export class Network extends pulumi.ComponentResource {
  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("granary:network:Policies", name, {}, opts);
    for (const policy of networkPolicies(args)) {
      const scope = policy.namespace === args.namespace ? "" : `${policy.namespace}-`;
      const child = `${name}-${scope}${policy.name.replace(/^granary-/, "")}`;
      new kubernetes.networking.v1.NetworkPolicy(child, manifest(policy), { parent: this });
      const onNodes = ciliumManifest(policy);
      if (onNodes) new CiliumNetworkPolicy(`${child}-on-nodes`, onNodes, { parent: this });
    }
    this.registerOutputs({});
  }
}
