import { describe, expect, test } from "vitest";
import { readiness } from "../../components/kubernetes/readiness";
import type { ReportedResource } from "../../preview/report/report";
import { expectOk, type PreviewOptions, previewStack } from "../support/preview";

type Config = NonNullable<PreviewOptions["config"]>;

const waitFor = "pulumi.com/waitFor";
const annotationOf = ({ inputs }: ReportedResource) =>
  (inputs.metadata as { annotations?: Record<string, string> } | undefined)?.annotations?.[waitFor];

async function waits(stack: string, config: Config = {}) {
  const { resources } = await expectOk(previewStack(stack, { config }));
  return new Map(resources.flatMap((resource) => (annotationOf(resource) ? [[resource.type, annotationOf(resource)]] : [])));
}

const kinds = (types: Iterable<string>) => [...types].map((type) => type.split(":").at(-1)).sort();

describe("objects of operators are awaited", () => {
  test("Rook's store, users and claims", async () => {
    expect(kinds((await waits("dev")).keys())).toEqual(["CephObjectStore", "CephObjectStoreUser", "ObjectBucketClaim"]);
  });

  test("the External Secrets Operator's store and secrets", async () => {
    expect(kinds((await waits("hetzner")).keys())).toEqual(["ExternalSecret", "SecretStore"]);
  });

  test("a TempoStack", async () => {
    const found = await waits("prod", { "granary:traces": { kind: "tempostack" } });
    expect([...found.entries()]).toEqual([["kubernetes:tempo.grafana.com/v1alpha1:TempoStack", "condition=Ready"]]);
  });

  test("for as long as the stack says", async () => {
    const { raw } = await expectOk(previewStack("dev", { config: { "granary:cluster": { operators: { timeout: "25m" } } } }));
    const awaited = raw?.resources.filter(({ type }) => type in readiness) ?? [];
    expect(awaited.length).toBeGreaterThan(5);
    for (const { timeouts } of awaited) expect(timeouts).toMatchObject({ create: 1500, update: 1500 });
  });

  test("but not where the stack says that nothing waits", async () => {
    expect(await waits("dev", { "granary:cluster": { operators: { wait: false } } })).toEqual(new Map());
  });
});

test("an ExternalSecret has a template, without which its operator would copy the annotation to the Secret", async () => {
  const { ofType } = await expectOk(previewStack("hetzner"));
  const templates = ofType(/:ExternalSecret$/).map(({ inputs }) => (inputs.spec as { target: { template?: object } }).target.template);
  expect(templates.length).toBeGreaterThan(0);
  expect(templates).not.toContain(undefined);
});
