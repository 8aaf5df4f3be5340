import type { Cluster, KubernetesObject } from "../../servers";

interface Pod extends KubernetesObject {
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** Pods of all namespaces that are not ready, as `namespace/name`; without those that are being deleted. */
export async function unreadyPods(cluster: Cluster): Promise<string[]> {
  const { body } = await cluster.client.request("GET", "/api/v1/pods");
  const isReady = ({ status }: Pod) => status.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false;
  return (body as { items: Pod[] }).items
    .filter((pod) => !isReady(pod) && pod.metadata.deletionTimestamp === undefined)
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
}
