// The charts' own values, for checking that what Granary sets exists: charts let unknown keys pass in silence.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { testData } from "../real/servers/tools/test-data";

export function chartValuesFile(chart: string): string | undefined {
  const file = join(testData("charts").folder, chart, "values.yaml");
  return existsSync(file) ? file : undefined;
}

export const withoutChart = (chart: string): string =>
  `not checked: ${testData("charts").missing()[0] ?? `no values of the chart ${chart}`}`;

export const readChartValues = (file: string): unknown => parse(readFileSync(file, "utf8"), { version: "1.1" });

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** Paths that are set but not there. What the chart leaves as an empty map takes any key, and lists are the user's. */
export function unknownPaths(set: unknown, known: unknown, path = ""): string[] {
  if (!isTree(set) || !isTree(known) || Object.keys(known).length === 0) return [];
  return Object.entries(set).flatMap(([key, value]) => {
    const here = path ? `${path}.${key}` : key;
    return key in known ? unknownPaths(value, known[key], here) : [here];
  });
}
