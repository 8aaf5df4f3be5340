// What the preview shows of this project's own stacks.
import { describe, expect, test } from "vitest";
import { knownStacks, readProject } from "../../preview/config/files";
import { readStack } from "../../preview/config/stack";
import { purposes } from "../../preview/describe/purposes";
import { toJson } from "../../preview/report/json";
import { toMarkdown } from "../../preview/report/markdown";
import { report } from "../../preview/report/report";
import { toText } from "../../preview/report/text";
import { runPreview } from "../support/command";
import { expectOk, type PreviewResult, previewStack, root } from "../support/preview";

const project = readProject(root);
const stacks = knownStacks(project);

/** Components without a word in preview/describe/purposes.ts. */
const silentComponents = ({ resources }: PreviewResult): string[] =>
  resources.map(({ type }) => type).filter((type) => type.startsWith("granary:") && !purposes[type]);

test("there are four", () => expect(stacks).toEqual(["dev", "hetzner", "local", "prod"]));

describe.each(stacks)("%s", (stack) => {
  test("everything has a parent that leads to the platform, but the stack and default providers", async () => {
    const { resources } = await expectOk(previewStack(stack));
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const leads = (urn: string | null): boolean => {
      const resource = urn === null ? undefined : byUrn.get(urn);
      return resource !== undefined && (resource.type === "granary:index:Platform" || leads(resource.parent));
    };
    const astray = resources
      .filter(({ urn }) => !leads(urn))
      .map(({ type, name }) => (name.startsWith("default") ? "default provider" : type));
    expect([...new Set(astray)].sort().filter((type) => type !== "default provider")).toEqual(["pulumi:pulumi:Stack"]);
  });

  test("every component of Granary says what it is for", async () => {
    expect(silentComponents(await expectOk(previewStack(stack)))).toEqual([]);
  });

  test("no secret of its configuration or its program is in any form of the report", async () => {
    const { raw } = await expectOk(previewStack(stack));
    if (!raw) throw new Error("no result");
    const reported = [report(raw)];
    for (const text of [toJson(reported), toText(reported), toMarkdown(reported)]) {
      expect(raw.secrets.mask(text)).toBe(text);
      for (const secret of readStack(project, stack).secretTexts) expect(text).not.toContain(secret);
    }
  });
});

test("on volumes, too, every component says what it is for", async () => {
  const onVolumes = { config: { "granary:storage": { kind: "filesystem" } } };
  expect(silentComponents(await expectOk(previewStack("dev", onVolumes)))).toEqual([]);
});

test("two runs over all stacks print the same bytes", async () => {
  const first = await runPreview(["--format", "json"]);
  const second = await runPreview(["--format", "json"]);
  expect(first.code).toBe(0);
  expect(second.stdout).toBe(first.stdout);
});
