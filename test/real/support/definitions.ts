// The operators' own resource definitions, installed into a cluster that runs no operator.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import type { PreviewResult } from "../../support/preview";
import { type KubernetesClient, type KubernetesObject, testData } from "../servers";
import { type Definition, installDefinition } from "../servers/definition";
import { stackObjects } from "./stack-objects";

let read: readonly Definition[] | undefined;

export function definitions(): readonly Definition[] {
  read ??= testData("crds")
    .files(".yaml")
    .flatMap((file) => parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS() as Definition | null))
    .filter((document) => document?.kind === "CustomResourceDefinition")
    .map((document) => document as Definition);
  return read;
}

const builtIn = /^(v1|apps\/v1|batch\/v1|policy\/v1|autoscaling\/v2|[\w.]+\.k8s\.io\/v\d\w*)$/;

/** Installs the definitions that these objects need; one that nobody has is an error. Done when the server serves them. */
export async function installDefinitions(client: KubernetesClient, objects: readonly KubernetesObject[]): Promise<void> {
  const wanted = new Map(
    objects.filter(({ apiVersion }) => !builtIn.test(apiVersion)).map((o) => [`${o.apiVersion} ${o.kind}`, o] as const),
  );
  await Promise.all([...wanted.values()].map((object) => install(client, object)));
}

/** Those of everything that a stack shows in its preview. */
export const installDefinitionsOf = (offline: PreviewResult, { client }: { readonly client: KubernetesClient }): Promise<void> =>
  installDefinitions(client, stackObjects(offline.resources).objects);

async function install(client: KubernetesClient, { apiVersion, kind }: KubernetesObject): Promise<void> {
  const [group, version] = apiVersion.split("/");
  const definition = definitions().find(
    ({ spec }) => spec.group === group && spec.names.kind === kind && spec.versions.some(({ name }) => name === version),
  );
  if (!definition) throw new Error(`no definition of ${kind} in ${apiVersion} among ${testData("crds").folder}`);
  await installDefinition(client, definition);
}
