// What Granary waits for is a field that the operators' own definitions have. A misspelt one would be waited for in vain.
import { expect, it } from "vitest";
import { readiness } from "../../components/kubernetes/readiness";
import { testData } from "./servers";
import { definitions } from "./support/definitions";
import { describeReal } from "./support/suite";

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
}

function statusOf(type: string): Schema | undefined {
  const [, apiVersion = "", kind] = /^kubernetes:(.+):(\w+)$/.exec(type) ?? [];
  const [group, version] = apiVersion.split("/");
  const found = definitions().find(({ spec }) => spec.group === group && spec.names.kind === kind);
  const versions = (found?.spec.versions ?? []) as readonly { name: string; schema?: { openAPIV3Schema: Schema } }[];
  return versions.find(({ name }) => name === version)?.schema?.openAPIV3Schema.properties?.status;
}

describeReal("The operators' definitions", [testData("crds")], () => {
  it.each(Object.entries(readiness))("have the status of %s that is waited for: %s", (type, condition) => {
    const status = statusOf(type);
    expect(status).toBeDefined();
    const field = condition.startsWith("condition=") ? "conditions" : (/^jsonpath=\{\.status\.(\w+)\}=\w+$/.exec(condition)?.[1] ?? "");
    const isFree = status?.["x-kubernetes-preserve-unknown-fields"] === true && status.properties === undefined;
    expect(isFree || status?.properties?.[field] !== undefined).toBe(true);
  });
});
