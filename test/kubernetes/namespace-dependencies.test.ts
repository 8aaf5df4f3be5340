// Every object depends on the namespace that its stack creates for it, whichever room makes the object.
import { describe, expect, test } from "vitest";
import { knownStacks, readProject } from "../../preview/config/files";
import type { ReportedResource } from "../../preview/report/report";
import { expectOk, type PreviewOptions, previewStack, root } from "../support/preview";

type Fields = Readonly<Record<string, unknown>>;
type Config = NonNullable<PreviewOptions["config"]>;

const namespaceType = "kubernetes:core/v1:Namespace";
const metadataOf = ({ inputs }: ReportedResource) => (inputs.metadata ?? {}) as Fields;
const namespaceOf = (resource: ReportedResource) => metadataOf(resource).namespace ?? (resource.inputs as Fields).namespace;

async function dependencies(stack: string, config: Config) {
  const { resources, ofType } = await expectOk(previewStack(stack, { config: { ...config, "granary:cluster": {} } }));
  const created = new Map(ofType(namespaceType).map((resource) => [metadataOf(resource).name, resource.urn]));
  const inside = resources.filter((resource) => resource.type.startsWith("kubernetes:") && created.has(namespaceOf(resource)));
  const without = inside.filter((resource) => !resource.dependsOn.includes(created.get(namespaceOf(resource)) ?? ""));
  return { created, inside, without: without.map(({ name }) => name) };
}

const filesystem = { "granary:storage": { kind: "filesystem" } };
const variants: readonly (readonly [string, string, Config])[] = [
  ...knownStacks(readProject(root)).map((stack) => [stack, stack, {}] as const),
  ["local on volumes", "local", { ...filesystem, "granary:secrets": {} }],
  ["prod with a TempoStack", "prod", { "granary:traces": { kind: "tempostack" } }],
  ["local with Cilium's policies", "local", { "granary:network": { plugin: "cilium" } }],
];

describe("every object depends on the namespace that the stack creates", () => {
  test.each(variants)("%s", async (_title, stack, config) => {
    const { created, inside, without } = await dependencies(stack, config);
    expect([...created.keys()].sort()).toEqual(["observability", "observability-collection"]);
    expect(inside.length).toBeGreaterThan(20);
    expect(without).toEqual([]);
  });

  test("and on none that is there already", async () => {
    const existing = { "granary:cluster": { existingNamespaces: ["observability", "observability-collection"] } };
    const { resources, ofType } = await expectOk(previewStack("local", { config: existing }));
    expect(ofType(namespaceType)).toEqual([]);
    expect(resources.flatMap(({ dependsOn }) => dependsOn).filter((urn) => urn.includes(namespaceType))).toEqual([]);
  });
});
