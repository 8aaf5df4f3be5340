// A resource definition, installed and waited for: the API server serves its kinds a moment later.
import type { KubernetesClient, KubernetesObject } from "./kubernetes-client";
import { until } from "./run/until";

export interface Definition extends KubernetesObject {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

export async function installDefinition(client: KubernetesClient, definition: Definition): Promise<void> {
  const { group, names, versions } = definition.spec;
  await client.apply(definition);
  for (const { name } of versions.filter(({ served }) => served)) {
    const apiVersion = `${group}/${name}`;
    await until(`the API server serves ${names.kind} of ${apiVersion}`, () => isServed(client, apiVersion, names.kind), 30);
  }
}

async function isServed(client: KubernetesClient, apiVersion: string, kind: string): Promise<boolean> {
  return client.pathOf({ apiVersion, kind, metadata: {} }).then(
    async (path) => (await client.request("GET", path)).status === 200,
    () => false,
  );
}
