// Everything that an API server holds, by the server's own discovery.
import type { KubernetesClient, KubernetesObject } from "../../servers";

interface Resources {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly verbs: readonly string[] }[];
}

/** Written anew every few seconds, or by the server for itself. */
const noise = new Set(["Event", "Lease", "APIService", "ComponentStatus", "Node", "FlowSchema", "PriorityLevelConfiguration"]);

export async function allObjects(client: KubernetesClient): Promise<KubernetesObject[]> {
  const { body } = await client.request("GET", "/apis");
  const groups = (body as { groups: { preferredVersion: { groupVersion: string } }[] }).groups;
  const versions = ["v1", ...groups.map(({ preferredVersion }) => preferredVersion.groupVersion)];
  return (await Promise.all(versions.map((version) => objectsOf(client, version)))).flat();
}

async function objectsOf(client: KubernetesClient, apiVersion: string): Promise<KubernetesObject[]> {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const { body } = await client.request("GET", root);
  const listed = (body as Resources).resources.filter(
    ({ name, kind, verbs }) => !name.includes("/") && verbs.includes("list") && !noise.has(kind),
  );
  const lists = await Promise.all(
    listed.map(async ({ name, kind }) => {
      const answer = await client.request("GET", `${root}/${name}`);
      const { items = [] } = answer.body as { items?: KubernetesObject[] };
      return items.map((item) => ({ ...item, apiVersion, kind }));
    }),
  );
  return lists.flat();
}

interface Managed {
  readonly managedFields?: readonly { readonly manager: string }[];
}

/** Whether Pulumi's provider wrote the object itself, not Helm in it. */
export const isPulumis = ({ metadata, type }: KubernetesObject): boolean =>
  type !== "helm.sh/release.v1" &&
  ((metadata as Managed).managedFields?.some(({ manager }) => manager.startsWith("pulumi-kubernetes")) ?? false);

/** `Kind namespace/name`. */
export const labelOf = ({ kind, metadata: { namespace, name } }: KubernetesObject): string =>
  `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;

/** What Pulumi's provider wrote into a cluster, without what Helm did in it. */
export const pulumisObjects = async (client: KubernetesClient): Promise<string[]> =>
  (await allObjects(client)).filter(isPulumis).map(labelOf).sort();

/** Namespaces come before what is in them, accounts before what names them. */
export const rank = ({ kind }: KubernetesObject): number => (kind === "Namespace" ? 0 : kind === "ServiceAccount" ? 1 : 2);
