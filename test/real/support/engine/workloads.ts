// Which workloads roll their pods: those whose pod template has changed.
import type { KubernetesClient, KubernetesObject } from "../../servers";

const kinds = { deployments: "Deployment", statefulsets: "StatefulSet", daemonsets: "DaemonSet" };

interface Workload {
  readonly metadata: KubernetesObject["metadata"] & { readonly uid: string };
  readonly spec: { readonly template: object };
}

/** Pod templates by `namespace/name`. */
export async function podTemplates(client: KubernetesClient): Promise<ReadonlyMap<string, string>> {
  const lists = await Promise.all(Object.keys(kinds).map((kind) => client.request("GET", `/apis/apps/v1/${kind}`)));
  const workloads = lists.flatMap(({ body }) => (body as { items: Workload[] }).items);
  // With its UID: a workload that is deleted and created again has other pods, too.
  return new Map(
    workloads.map(({ metadata: { namespace, name, uid }, spec }) => [`${namespace}/${name}`, JSON.stringify([uid, spec.template])]),
  );
}

/** Workloads of before that are there still, with other pods. */
export function restarted(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...before]
    .filter(([name, template]) => after.has(name) && after.get(name) !== template)
    .map(([name]) => name)
    .sort();
}
