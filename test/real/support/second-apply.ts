// Whether applying an object once more changes it: a user would see that as a diff that never ends.
import { fieldManager, type KubernetesClient, type KubernetesObject } from "../servers/kubernetes-client";

/** Without what the cluster's own controllers write meanwhile, such as the status of a StatefulSet. The time of our entry moves with any change of ours. */
function ours({ metadata, status: _, ...rest }: KubernetesObject): string {
  const { resourceVersion: __, managedFields, ...own } = metadata as typeof metadata & { managedFields?: readonly { manager: string }[] };
  return JSON.stringify({ ...rest, metadata: own, managed: managedFields?.filter(({ manager }) => manager === fieldManager) });
}

/** The objects that are not as before. */
export async function changedByApplyingAgain(client: KubernetesClient, objects: readonly KubernetesObject[]): Promise<string[]> {
  const changed: string[] = [];
  for (const object of objects) {
    const before = await client.get(object);
    const after = await client.apply(object);
    if (!before || ours(before) !== ours(after)) changed.push(`${object.kind} ${object.metadata.name}`);
  }
  return changed;
}
