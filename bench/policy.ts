// What the policy pack costs: the real analyzer over stacks of 100, 1,000 and 5,000 resources, beside the same analyzer with an empty pack.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Resource } from "../preview/host/resource";
import { Analyzer } from "../test/support/analyzer";
import { root } from "../test/support/preview";
import { grown } from "./policy/resources";

const sizes = [100, 1000, 5000];
/** So many resources are asked about at the least: the clock of processor time ticks every 10 ms. */
const enough = 3000;
const folders = { empty: join(root, "bench/policy/empty-pack"), pack: join(root, "policy") };

interface Cost {
  /** Milliseconds of the analyzer's processor time, a resource: remediation and checks of each, then the rules about the stack. */
  readonly each: number;
  readonly stack: number;
  readonly violations: number;
}

export async function policyBench(): Promise<string[]> {
  const rows: { readonly size: number; readonly empty: Cost; readonly pack: Cost }[] = [];
  for (const size of sizes) {
    const resources = await grown(size);
    rows.push({ size: resources.length, empty: await measured(folders.empty, resources), pack: await measured(folders.pack, resources) });
  }
  const beyond = rows.map(({ empty, pack }) => total(pack) - total(empty));
  const [least = Number.NaN, most = Number.NaN] = [Math.min(...beyond), Math.max(...beyond)];
  return [
    "policies: processor time of the analyzer, in ms a resource",
    "  resources   empty pack   with the pack   beyond: each   beyond: the stack   violations",
    ...rows.map(({ size, empty, pack }) =>
      [
        String(size).padStart(11),
        fixed(total(empty)).padStart(12),
        fixed(total(pack)).padStart(15),
        fixed(pack.each - empty.each).padStart(14),
        fixed(pack.stack - empty.stack).padStart(19),
        String(pack.violations).padStart(12),
      ].join(" "),
    ),
    `  beyond the empty pack: ${fixed(most)} ms at the most (goal: less than 1); largest stack to smallest ${fixed((beyond.at(-1) ?? Number.NaN) / (beyond[0] ?? Number.NaN))} (goal: flat), least ${fixed(least)} ms`,
  ];
}

const total = ({ each, stack }: Cost): number => each + stack;
const fixed = (value: number): string => value.toFixed(2);

async function measured(folder: string, resources: readonly Resource[]): Promise<Cost> {
  const analyzer = await Analyzer.start({}, folder);
  try {
    // Warm before it is measured: what a process costs to start is the preview's benchmark.
    await pass(analyzer, resources.slice(0, 1000));
    const passes: Cost[] = [];
    for (let asked = 0; asked < enough; asked += resources.length) passes.push(await pass(analyzer, fresh(resources)));
    const mean = (part: "each" | "stack") => passes.reduce((sum, cost) => sum + cost[part], 0) / passes.length / resources.length;
    return { each: mean("each"), stack: mean("stack"), violations: passes[0]?.violations ?? Number.NaN };
  } finally {
    analyzer.stop();
  }
}

/** The host keeps the requests that it made: new inputs make new ones. */
const fresh = (resources: readonly Resource[]): Resource[] =>
  resources.map((resource) => ({ ...resource, inputs: { ...resource.inputs } }));

async function pass(analyzer: Analyzer, resources: readonly Resource[]): Promise<Cost> {
  const providers = new Map(resources.map((resource) => [resource.urn, resource]));
  let violations = 0;
  const begin = spent(analyzer.pid);
  for (const resource of resources) {
    const { findings } = await analyzer.review(resource, providers.get(resource.provider ?? ""));
    violations += count(findings);
  }
  const between = spent(analyzer.pid);
  violations += count(await analyzer.reviewStack(resources));
  return { each: between - begin, stack: spent(analyzer.pid) - between, violations };
}

const count = (findings: readonly { readonly level: string }[]): number => findings.filter(({ level }) => level !== "advisory").length;

/** Milliseconds of processor time that a process has used, which other load does not change; elsewhere than on Linux the clock. */
function spent(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return performance.now();
  }
}

if (process.argv[1]?.endsWith("bench/policy.ts")) {
  policyBench().then(
    (lines) => console.log(lines.join("\n")),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
