// `npm run servers`: gets everything ready that `npm run test:real` starts. A second run only looks.
// With names of jobs, `npm run servers -- "test data"`: these alone.
import { availableParallelism, freemem } from "node:os";
import { cache } from "./tools/cache";
import { missing } from "./tools/catalogue";
import { cephBinaries, cephPackages, installPackages, nginx, promtool, unpackNginx, unpackPrometheus } from "./tools/debian";
import { buildGo, goModules, isBuilt } from "./tools/go";
import { endWithCommands, perform, type Step, seconds } from "./tools/progress";
import { installPython, pythonBinary } from "./tools/python";
import { testDataJobs } from "./tools/test-data";

interface Job {
  readonly name: string;
  isReady(): boolean;
  make(step: Step): Promise<void>;
}

/** Compiling and linking the largest of them takes about this much. */
const gibibytesPerBuild = 5;

const builds: Job[] = goModules.map((module) => ({
  name: module.name,
  isReady: () => isBuilt(module),
  make: (step) => buildGo(module, step),
}));
/** Each line of jobs runs in order, the lines side by side: apt knows one at a time, and the rest waits for the network more than for the processor. */
const lines: Job[][] = [
  [
    { name: "ceph", isReady: () => missing(cephBinaries).length === 0, make: (step) => installPackages(cephPackages, step) },
    { name: "promtool", isReady: () => promtool() !== undefined, make: unpackPrometheus },
    { name: "nginx", isReady: () => nginx() !== undefined, make: unpackNginx },
    { name: "python", isReady: () => pythonBinary("weed") !== undefined, make: installPython },
  ],
  testDataJobs,
  ...sideBySide(builds),
];

/** As many lines of builds as memory and processors allow. */
function sideBySide(jobs: readonly Job[]): Job[][] {
  const room = Math.floor(freemem() / 2 ** 30 / gibibytesPerBuild);
  const count = Math.max(1, Math.min(room, availableParallelism(), jobs.length));
  return Array.from({ length: count }, (_, i) => jobs.filter((_, j) => j % count === i));
}

async function main(): Promise<void> {
  endWithCommands();
  const started = Date.now();
  console.log(`Tools and servers for npm run test:real; built and downloaded ones are kept in ${cache}`);
  const named = process.argv.slice(2);
  const known = lines.flat().map(({ name }) => name);
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no job is named ${unknown.join(", ")}; there are ${known.join(", ")}`);
  const failures: string[] = [];
  await Promise.all(
    lines.map(async (line) => {
      for (const job of line) {
        if (named.length > 0 && !named.includes(job.name)) continue;
        if (job.isReady()) console.log(`${job.name.padEnd(10)} ${"".padStart(5)}  already there`);
        else await perform(job.name, console.log, job.make).catch(() => failures.push(job.name));
      }
    }),
  );
  if (failures.length === 0) return console.log(`All ready after ${seconds(started)}.`);
  console.error(
    `Not ready after ${seconds(started)}: ${failures.join(", ")}. Tests that need them are skipped; with GRANARY_REQUIRE_REAL=1 they fail.`,
  );
  process.exitCode = 1;
}

void main();
