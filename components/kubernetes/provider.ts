// The provider of every Kubernetes object of a stack.
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { GranaryConfig } from "../config/schema";

export function clusterProvider(
  name: string,
  { context }: Pick<GranaryConfig["cluster"], "context">,
  opts: pulumi.ResourceOptions,
): kubernetes.Provider {
  return new kubernetes.Provider(name, { ...providerArgs, ...(context ? { context } : {}) }, opts);
}

const providerArgs: kubernetes.ProviderArgs = {
  enableServerSideApply: true,
  // By default the provider replaces a ConfigMap or Secret whose data changes. Where its name is fixed, it deletes it first, and pods that
  // mount it lose it. Immutable ones are still replaced: the guards of Loki's schema rely on that.
  enableConfigMapMutable: true,
  enableSecretMutable: true,
  // Another API server address replaces every object, unless this is set and stays the same. It is a constant because the names of a
  // stack and of a project can change, too (docs/cluster.md).
  clusterIdentifier: "granary",
  // Unset, the SDK writes the path in KUBECONFIG into the state, and another path is a change. Empty, the provider reads the environment.
  kubeconfig: "",
};
