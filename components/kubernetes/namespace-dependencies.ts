// Every object depends on its namespace, where the stack creates it.
import * as pulumi from "@pulumi/pulumi";

/**
 * Adds the dependency to each object below the resource that has this transformation. A room cannot forget it: the provider would retry
 * for a minute, which hides a missing dependency until something else fails.
 */
export function dependOnNamespaces(): pulumi.ResourceTransformation {
  const created = new Map<string, pulumi.Resource>();
  return ({ resource, type, props, opts }) => {
    if (type === "kubernetes:core/v1:Namespace") {
      if (typeof props.metadata?.name === "string") created.set(props.metadata.name, resource);
      return undefined;
    }
    const namespace = type.startsWith("kubernetes:") ? created.get(props.metadata?.namespace ?? props.namespace) : undefined;
    return namespace && { props, opts: pulumi.mergeOptions(opts, { dependsOn: namespace }) };
  };
}
