// What the documentation shows as configuration is configuration: read as the preview reads a stack's file, and laid over an example stack.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parseConfig } from "../components/config/parse";
import { knownStacks, readProject } from "../preview/config/files";
import { readStack } from "../preview/config/stack";
import { pages } from "./support/docs";
import { root } from "./support/preview";

const project = readProject(root);
const folder = mkdtempSync(join(tmpdir(), "granary-docs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Block {
  readonly page: string;
  readonly text: string;
}

/** A block inside a list is indented as a whole. */
const blocksOf = (page: string): Block[] =>
  [...readFileSync(join(root, page), "utf8").matchAll(/^( *)```ya?ml\n(.*?)^ *```/gms)]
    .map(([, indent = "", text = ""]) => ({ page, text: text.replaceAll(new RegExp(`^${indent}`, "gm"), "") }))
    .filter(({ text }) => /^(?: {2})?granary:/m.test(text));

const blocks = pages.flatMap(blocksOf);

type Texts = Readonly<Record<string, string>>;

/** As texts, by key, as Pulumi hands them over. */
function read({ text }: Block): Texts {
  const file = text.startsWith("config:") ? text : `config:\n${text.replaceAll(/^/gm, "  ")}`;
  writeFileSync(join(folder, "Pulumi.docs.yaml"), file);
  return readStack({ ...project, stackFolder: folder, config: {} }, "docs").config;
}

const over = (base: string | undefined, shown: string): string =>
  base?.startsWith("{") && shown.startsWith("{") ? JSON.stringify({ ...JSON.parse(base), ...JSON.parse(shown) }) : shown;

/** Whoever follows a page has a stack already, and the tenants that the page speaks of. */
const stacks = knownStacks(project).flatMap((stack): { readonly texts: Texts; readonly secretKeys: readonly string[] }[] => {
  const { config, secretKeys } = readStack(project, stack);
  const tenants = JSON.parse(config["granary:tenants"] ?? "[]") as unknown[];
  const payments = { name: "payments", passwordHash: `$2y$10$${"a".repeat(53)}` };
  const joined = { ...config, "granary:tenants": JSON.stringify([...tenants, payments]) };
  return [config, joined].map((texts) => ({ texts, secretKeys }));
});

function problems(shown: Texts, { texts, secretKeys }: (typeof stacks)[number]): string[] {
  const whole = { ...texts, ...Object.fromEntries(Object.entries(shown).map(([key, text]) => [key, over(texts[key], text)])) };
  const raw = Object.entries(whole).flatMap(([key, text]) => (key.startsWith("granary:") ? [[key.slice("granary:".length), text]] : []));
  const parsed = parseConfig(Object.fromEntries(raw), (key) => secretKeys.includes(`granary:${key}`));
  return "problems" in parsed ? parsed.problems.map(({ path, message }) => `${path} ${message}`) : [];
}

/** Of the stack that the block fits best. */
function leastProblems(block: Block): string[] {
  const shown = read(block);
  const [least = []] = stacks.map((stack) => problems(shown, stack)).toSorted((a, b) => a.length - b.length);
  return least;
}

test.each(blocks)("$page shows settings that there are: $text", (block) => expect(leastProblems(block)).toEqual([]));

test("no page's settings are overlooked", () => {
  const shown = pages.filter((page) => /^ *granary:\w+:$/m.test(readFileSync(join(root, page), "utf8")));
  expect([...new Set(blocks.map(({ page }) => page))].sort()).toEqual(shown.sort());
  expect(blocks.length).toBeGreaterThanOrEqual(6);
});

test("a setting that there is not would be found", () => {
  const block = { page: "none", text: "granary:logs:\n  schema:\n    - {from: 2024-04-01}\n  retension: 3d\n" };
  expect(leastProblems(block)).toEqual([
    expect.stringMatching(/^granary:logs.retension is not a key/),
    expect.stringMatching(/^granary:logs.schema\[0\].from found "2024-04-01 00:00:00 \+0000 UTC"; allowed is a day in UTC, in quotes/),
  ]);
});
