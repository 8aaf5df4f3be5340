// `npm run bench [-- rounds]`: what previews and policies cost, as ratios within one run. Commands take turns, so that whatever else the machine does
// hits all of them alike; medians are shown. Seconds differ from machine to machine, ratios hardly do.
import { type Cost, median, run } from "./measure";
import { policyBench } from "./policy";

const rounds = Math.max(1, Math.trunc(Number(process.argv[2] ?? 7)) || 7);
const previews = {
  empty: ["bin/run.mjs", "preview/main.ts", "--cwd", "bench/programs/empty"],
  one: ["bin/run.mjs", "preview/main.ts", "--stack", "dev"],
  all: ["bin/run.mjs", "preview/main.ts"],
} as const;
const tenants = [10, 100, 1000] as const;
const growth = (count: number, ...options: string[]) => ["bin/run.mjs", "bench/tenants.ts", String(count), ...options];

async function main(): Promise<void> {
  const costs = await inTurns(previews, rounds);
  const { empty, one, all } = costs;
  say(`Previews, medians of ${rounds} rounds, with all policies except for the empty program`);
  for (const [name, cost] of Object.entries(costs)) say(`  ${name.padEnd(6)} ${seconds(cost)}`);
  say(`  one stack / empty program   ${ratio(one, empty)}   (goal: at most 2)`);
  say(`  four stacks / one stack     ${ratio(all, one)}   (goal: at most 2.5)`);
  say("");

  for (const options of [[], ["--policies"]]) {
    say(`A stack that grows${options.length > 0 ? ", with all policies" : ""}`);
    const few = await grown(tenants[0], options);
    let before: number | undefined;
    for (const count of tenants.slice(1)) {
      const many = await grown(count, options);
      const added = many.resources - few.resources;
      const perResource = ((many.wall - few.wall) * 1000) / added;
      const memory = ((many.memory - few.memory) * 1000) / added;
      const change = before === undefined ? "" : `   ${(perResource / before).toFixed(2)} times that of ${tenants[1]} tenants`;
      say(`  ${count} tenants, ${many.resources} resources: ${many.wall.toFixed(2)} s, ${many.memory.toFixed(0)} MB`);
      say(`    each further resource: ${perResource.toFixed(2)} ms, ${memory.toFixed(0)} kB${change}`);
      before = perResource;
    }
    say("");
  }
  for (const line of await policyBench()) say(line);
}

async function grown(count: number, options: readonly string[]): Promise<{ resources: number; wall: number; memory: number }> {
  const costs: Cost[] = [];
  for (let i = 0; i < (count > 100 ? 1 : 3); i++) costs.push(await run(growth(count, ...options)));
  return {
    resources: Number(costs[0]?.stdout),
    wall: median(costs.map(({ wall }) => wall)),
    memory: median(costs.map(({ memory }) => memory)),
  };
}

async function inTurns<Name extends string>(
  commands: Readonly<Record<Name, readonly string[]>>,
  times: number,
): Promise<Record<Name, Cost[]>> {
  const names = Object.keys(commands) as Name[];
  const costs = Object.fromEntries(names.map((name) => [name, [] as Cost[]])) as Record<Name, Cost[]>;
  // The first run compiles what is not compiled yet.
  for (const name of names) await run(commands[name]);
  for (let i = 0; i < times; i++) for (const name of names) costs[name].push(await run(commands[name]));
  return costs;
}

function seconds(costs: readonly Cost[]): string {
  const of = (pick: (cost: Cost) => number) => median(costs.map(pick));
  return `${of(({ wall }) => wall).toFixed(2)} s, ${of(({ cpu }) => cpu).toFixed(2)} s of processor time, ${of(({ memory }) => memory).toFixed(0)} MB`;
}

/** Of each round, since its two runs had the same company. */
function ratio(costs: readonly Cost[], base: readonly Cost[]): string {
  return median(costs.map(({ wall }, i) => wall / (base[i]?.wall ?? Number.NaN))).toFixed(2);
}

function say(text: string): void {
  console.log(text);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));
main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
