// Granary's Alloy configurations, read by Alloy's own parser. Alloy itself can't be built from modules: where somebody has put it, it says
// whether it knows the components and their arguments; elsewhere types hold them to its documentation.
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Block, type Expression, map, render, untypedBlock, untypedComponent } from "../../components/collection/alloy/syntax";
import { eventsConfiguration } from "../../components/collection/cluster-events";
import { nodeConfiguration } from "../../components/collection/node-agent";
import { collectionConfig, everything, logs, traces } from "../collection/fixture";
import { needs, tool } from "./servers";
import { newFolder } from "./servers/run/run";
import { alloyBinary, withoutAlloy } from "./support/alloy";
import { chance } from "./support/chance";
import { describeReal } from "./support/suite";

interface Tree {
  name: string;
  label?: string;
  attributes: Record<string, unknown>;
  blocks: Tree[];
}

function parse(...texts: string[]): { error?: string; blocks?: Tree[] }[] {
  return JSON.parse(execFileSync(tool("alloy-syntax"), { input: JSON.stringify(texts), encoding: "utf8", maxBuffer: 2 ** 28 }));
}

/** What the parser should have understood of a block. */
const meaning = ({ name, label, attributes, blocks }: Block): Tree => ({
  name: name.join("."),
  ...(label === undefined ? {} : { label }),
  attributes: Object.fromEntries(Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [[key, plain(value)]]))),
  blocks: blocks.map(meaning),
});

function plain(value: Expression): unknown {
  if (typeof value === "string") return Buffer.from(value, "utf8").toString("utf8");
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(plain);
  const expression = value as Exclude<typeof value, readonly Expression[]>;
  if (expression.kind === "map") return Object.fromEntries(Object.entries(expression.entries).map(([key, inner]) => [key, plain(inner)]));
  throw new Error(`${expression.kind} is not made here`);
}

/** Text that means something to parsers, to templates, to shells and to nobody. */
const nasty = [
  '"',
  "\\",
  "\n",
  "\r",
  "\t",
  "\u0000",
  "\u001b",
  "\u2028",
  "\ufeff",
  "\ud800",
  "{",
  "}",
  "//",
  "/*",
  "*/",
  "`",
  "${A}",
  "{{ .Line }}",
  "$1",
  "'",
  "é",
  "😀",
  "\\u0041",
  "\\x",
  " = ",
  "a",
];

function randomTree(pick: (below: number) => number, depth = 0): Block {
  const text = () => Array.from({ length: pick(6) }, () => nasty[pick(nasty.length)] ?? String.fromCharCode(pick(0xffff))).join("");
  const name = () => `${"abc_XYZ"[pick(7)]}${pick(1000)}`;
  const value = (level: number): Expression => {
    switch (pick(level > 2 ? 4 : 6)) {
      case 0:
        return pick(2) === 0;
      case 1:
        return [0, -1, 1.5, 1e21, 2 ** 53 - 1, -0.001, 1e-7][pick(7)] ?? 0;
      case 4:
        return Array.from({ length: pick(4) }, () => value(level + 1));
      case 5:
        return map(Object.fromEntries(Array.from({ length: pick(4) }, () => [`${name()}-é {`, value(level + 1)])));
      default:
        return text();
    }
  };
  const attributes = Object.fromEntries(Array.from({ length: pick(5) }, () => [name(), value(0)]));
  const blocks = depth > 2 ? [] : Array.from({ length: pick(3) }, () => randomTree(pick, depth + 1));
  return untypedBlock(`${name()}.${name()}`, attributes, blocks);
}

describeReal("Alloy's parser", [needs("alloy-syntax")], () => {
  const multiTenant = { ...logs, multiTenant: true, tenant: "platform" };

  test.each([
    ["as it comes", {}],
    ["with everything on", everything],
    ["from the API server", { podLogs: { from: "kubernetes-api" } }],
    [
      "with expressions full of quotes and braces",
      { podLogs: { multiline: [{ firstLine: '^{{"\\[`' }], dropLines: [{ matching: '"}\n//', reason: "x" }] } },
    ],
  ])("reads the configuration of a node %s", (_, config) => {
    const [answer] = parse(nodeConfiguration(collectionConfig(config), multiTenant, traces));
    expect(answer?.error).toBeUndefined();
    expect(answer?.blocks?.map(({ name, label }) => `${name}.${label}`)).toContain("loki.write.loki_platform");
  });

  test("reads the configuration for events", () => {
    const [answer] = parse(eventsConfiguration(collectionConfig(everything), multiTenant));
    expect(answer?.blocks?.map(({ name }) => name)).toEqual(["loki.source.kubernetes_events", "loki.process", "loki.write"]);
  });

  test("understands exactly what was meant, whatever the text", () => {
    const pick = chance(7);
    const trees = Array.from({ length: 2000 }, (_, i) => {
      const { name, attributes, blocks } = randomTree(pick);
      return [untypedComponent(name.join("."), `c${i}`, attributes, blocks)];
    });
    const answers = parse(...trees.map((tree) => render(tree)));
    answers.forEach(({ error, blocks }, i) => {
      expect(error, render(trees[i] ?? [])).toBeUndefined();
      expect(blocks).toEqual(trees[i]?.map(meaning));
    });
  });

  test("would notice what is no configuration", () => {
    expect(parse('loki.write "main" { endpoint { url = "http://loki } }', "a b c").map(({ error }) => error !== undefined)).toEqual([
      true,
      true,
    ]);
  });
});

if (!alloyBinary) console.warn(withoutAlloy);

describe.skipIf(!alloyBinary)(alloyBinary ? "Alloy's own check" : `Alloy's own check (${withoutAlloy})`, () => {
  const check = (text: string) => {
    const folder = newFolder("alloy");
    try {
      const file = join(folder, "config.alloy");
      writeFileSync(file, text);
      execFileSync(alloyBinary ?? "alloy", ["validate", file], { stdio: "pipe" });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  test("takes every component with its arguments", () => {
    const own = { multiTenant: true, tenant: "platform" };
    check(nodeConfiguration(collectionConfig(everything), { ...logs, ...own }, { ...traces, ...own }));
    check(nodeConfiguration(collectionConfig({ podLogs: { from: "kubernetes-api" } }), logs, traces));
    for (const namespaces of [[], ["shop", "other"]]) {
      const config = collectionConfig({ ...everything, events: { enabled: true, namespaces } });
      check(eventsConfiguration(config, { ...logs, ...own }));
      check(eventsConfiguration(config, logs));
    }
  });

  test("refuses an argument that it does not know", () => {
    expect(() => check(render([untypedComponent("loki.write", "main", { misspelt: 1 })]))).toThrow(/misspelt/);
  });
});
