// `npm run servers`: gets everything ready that `npm run test:real` starts. A second run only looks.
// With names of jobs, `npm run servers -- "test data"`: these alone.
import { availableParallelism, freemem } from "node:os";
import { cache } from "./tools/cache";
import { missing } from "./tools/catalogue";
import { cephBinaries, cephPackages, installPackages } from "./tools/debian";
import { buildGo, goModules, isBuilt } from "./tools/go";
import { endWithCommands, perform, type Step, seconds } from "./tools/progress";
import { installPython, pythonBinary } from "./tools/python";
import { testDataJobs } from "./tools/test-data";
import { unpackJobs } from "./tools/unpacked";

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
/** Queues that are worked off side by side: apt handles one call at a time, and it waits for the network more than for the processor. */
const queues: { readonly jobs: readonly Job[]; readonly workers: number }[] = [
  {
    jobs: [
      { name: "ceph", isReady: () => missing(cephBinaries).length === 0, make: (step) => installPackages(cephPackages, step) },
      ...unpackJobs,
      { name: "python", isReady: () => pythonBinary("weed") !== undefined, make: installPython },
    ],
    workers: 1,
  },
  { jobs: testDataJobs, workers: 1 },
  { jobs: builds, workers: buildsAtOnce() },
];

/** As many builds side by side as memory and processors allow. */
function buildsAtOnce(): number {
  const room = Math.floor(freemem() / 2 ** 30 / gibibytesPerBuild);
  return Math.max(1, Math.min(room, availableParallelism()));
}

async function main(): Promise<void> {
  endWithCommands();
  const started = Date.now();
  console.log(`Tools and servers for npm run test:real; built and downloaded ones are kept in ${cache}`);
  const named = process.argv.slice(2);
  const known = queues.flatMap(({ jobs }) => jobs.map(({ name }) => name));
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no job is named ${unknown.join(", ")}; there are ${known.join(", ")}`);
  const failures: string[] = [];
  const work = async (waiting: Job[]) => {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      if (job.isReady()) console.log(`${job.name.padEnd(10)} ${"".padStart(5)}  already there`);
      else await perform(job.name, console.log, job.make).catch(() => failures.push(job?.name ?? ""));
    }
  };
  await Promise.all(
    queues.flatMap(({ jobs, workers }) => {
      const waiting = jobs.filter(({ name }) => named.length === 0 || named.includes(name));
      return Array.from({ length: workers }, () => work(waiting));
    }),
  );
  if (failures.length === 0) return console.log(`All ready after ${seconds(started)}.`);
  console.error(
    `Not ready after ${seconds(started)}: ${failures.join(", ")}. Tests that need them are skipped; with GRANARY_REQUIRE_REAL=1 they fail.`,
  );
  process.exitCode = 1;
}

void main();
