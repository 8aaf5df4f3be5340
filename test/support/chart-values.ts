// The charts' own values, for checking that what Granary sets exists: charts let unknown keys pass in silence.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { parse } from "yaml";
import { testData } from "../real/servers/tools/test-data";

/** Checks against a chart's own values. Without them they are skipped, with the reason; in CI they fail, where all is promised to be there. */
export function describeChart(chart: string, title: string, checks: (known: unknown) => void): void {
  const file = join(testData("charts").folder, chart, "values.yaml");
  if (existsSync(file)) return void describe(title, () => checks(readChartValues(file)));
  const missing = testData("charts").missing()[0] ?? `${file} missing`;
  if (process.env.CI !== "true") return void describe.skip(`${title} (not checked: ${missing})`, () => checks({}));
  describe(title, () => {
    it("has the chart's values", () => {
      throw new Error(missing);
    });
  });
}

const readChartValues = (file: string): unknown => parse(readFileSync(file, "utf8"), { version: "1.1" });

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** Charts pass these to Kubernetes as they are, so their keys are those of its API and not only the ones that a chart sets. */
const kubernetesOwn: ReadonlySet<string> = new Set(["affinity", "deploymentStrategy", "strategy"]);

/** Paths that are set but not there. What the chart leaves as an empty map takes any key, and lists are the user's. */
export function unknownPaths(set: unknown, known: unknown, path = ""): string[] {
  if (!isTree(set) || !isTree(known) || Object.keys(known).length === 0) return [];
  return Object.entries(set).flatMap(([key, value]) => {
    const here = path ? `${path}.${key}` : key;
    if (!(key in known)) return [here];
    return kubernetesOwn.has(key) ? [] : unknownPaths(value, known[key], here);
  });
}
