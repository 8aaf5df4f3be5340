// The namespaces that a stack makes, and those that are there before it.
import { collectionNamespace } from "./collection/endpoint";
import type { Problem } from "./config/problems";
import { problemsBelow } from "./config/problems-below";
import type { GranaryConfig } from "./config/schema";

const { when } = problemsBelow("granary:cluster.existingNamespaces");

export const isThereAlready = ({ cluster }: Pick<GranaryConfig, "cluster">, namespace: string): boolean =>
  cluster.existingNamespaces.includes(namespace);

/** Others are never made here, so to list them would do nothing. */
export function namespaceProblems({ cluster, namespace, collection }: GranaryConfig): Problem[] {
  const made = [namespace, ...(collection.enabled ? [collectionNamespace(collection, namespace)] : [])];
  return cluster.existingNamespaces.flatMap((name, i) =>
    when(
      !made.includes(name),
      `[${i}]`,
      () => `found ${JSON.stringify(name)}, which Granary would not make anyway; allowed is ${made.join(" or ")}`,
    ),
  );
}
