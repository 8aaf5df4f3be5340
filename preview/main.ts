// `npm run preview`: every stack of the project, side by side. The result goes to stdout (or a file), everything else to stderr.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Arguments, help, parseArguments } from "./arguments";
import { knownStacks, type Project, readProject } from "./config/files";
import { readStack, type StackConfig } from "./config/stack";
import { messageOf, PreviewFailure } from "./failure";
import { killAll } from "./host/children";
import type { PackConfig } from "./host/pack-config";
import { PackPool } from "./host/pack-pool";
import { type PreviewSpec, preview } from "./host/preview";
import { toJson } from "./report/json";
import { toMarkdown } from "./report/markdown";
import { violations } from "./report/policies";
import { type ReportedStack, report } from "./report/report";
import { colours, plainText, toText } from "./report/text";

async function main(args: readonly string[]): Promise<number> {
  const given = parseArguments(args);
  if (given.help) {
    process.stdout.write(help);
    return 0;
  }
  const project = readProject(resolve(given.folder));
  const stacks = readStacks(project, given.stacks);
  const packs = packsOf(project, given);
  const pool = new PackPool();
  const results = await Promise.allSettled(stacks.map((stack) => previewStack(project, stack, { packs, pool, filled: given.filled })));
  pool.close();
  const failures = results.flatMap((result, i) =>
    result.status === "rejected" ? [`${stacks[i]?.stack}: ${messageOf(result.reason)}`] : [],
  );
  if (failures.length > 0) throw new PreviewFailure(failures.join("\n\n"));
  const reports = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  write(rendered(reports, given), given.out);
  return violations(reports) > 0 ? 1 : 0;
}

/** Every stack's configuration is read before anything runs, and all that is wrong is said at once. */
function readStacks(project: Project, wanted: readonly string[]): StackConfig[] {
  const names = [...new Set(wanted.length > 0 ? wanted : knownStacks(project))].sort();
  if (names.length === 0) throw new PreviewFailure(`${project.stackFolder} has no Pulumi.<stack>.yaml`);
  const problems: string[] = [];
  const stacks = names.flatMap((name) => {
    try {
      return [readStack(project, name)];
    } catch (error) {
      problems.push(messageOf(error));
      return [];
    }
  });
  if (problems.length > 0) throw new PreviewFailure(problems.join("\n"));
  return stacks;
}

function packsOf(project: Project, given: Arguments): { folder: string; config: PackConfig }[] {
  const own = join(project.root, "policy");
  const folders = [...(existsSync(join(own, "PulumiPolicy.yaml")) ? [own] : []), ...given.packs.map((folder) => resolve(folder))];
  if (given.packConfigs.length > folders.length) {
    throw new PreviewFailure(`--policy-pack-config is given ${given.packConfigs.length} times for ${folders.length} packs`);
  }
  return [...new Set(folders)].map((folder, i) => {
    const file = given.packConfigs[i];
    return { folder, config: file === undefined ? {} : packConfig(file) };
  });
}

function packConfig(file: string): PackConfig {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as PackConfig;
  } catch (error) {
    throw new PreviewFailure(`--policy-pack-config ${file} can't be read: ${messageOf(error)}`);
  }
}

async function previewStack(
  project: Project,
  stack: StackConfig,
  how: Pick<PreviewSpec, "packs" | "pool" | "filled">,
): Promise<ReportedStack> {
  const started = performance.now();
  const { root, pwd, entry, name } = project;
  const result = await preview({ ...stack, ...how, root, pwd, entry, project: name, progress: (text) => say(`${stack.stack}: ${text}`) });
  say(`${stack.stack}: ${result.resources.length} resources in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return report(result);
}

function rendered(stacks: readonly ReportedStack[], { format, out }: Arguments): string {
  if (format === "json") return toJson(stacks);
  if (format === "markdown") return toMarkdown(stacks);
  const onTerminal = out === undefined && process.stdout.isTTY === true && !process.env.NO_COLOR;
  return toText(stacks, onTerminal ? colours : plainText);
}

/** A file is replaced as a whole or not at all. */
function write(text: string, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  const scratch = join(dirname(resolve(out)), `.${basename(out)}.${process.pid}`);
  try {
    writeFileSync(scratch, text);
    renameSync(scratch, out);
  } catch (error) {
    throw new PreviewFailure(`--out ${out} can't be written: ${messageOf(error)}`);
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  process.on(signal, () => {
    killAll();
    process.exit(code);
  });
}
// The reader of a pipe may have enough.
process.stdout.on("error", () => process.exit());

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    say(error instanceof PreviewFailure ? error.message : String((error as Error)?.stack ?? error));
    process.exitCode = 2;
  },
);
