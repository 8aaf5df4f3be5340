// One run of the tests: its folder, its logs and the mark on its processes.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cgroupsOf, removeCgroup, runsWithCgroups } from "./cgroups";
import { root } from "./root";

/** Names the run in this process and in those that it starts. The value is the id of the process that began the run. */
const runVariable = "GRANARY_REAL_RUN";
/** Set on every server and so on what a server starts itself: `<run>/<server>`. */
export const serverVariable = "GRANARY_REAL_SERVER";
const keptLogs = 5;

/** The run that this process belongs to; the first to ask begins one. */
export function runId(): string {
  process.env[runVariable] ??= String(process.pid);
  return process.env[runVariable];
}

/** Put into a process's environment, this finds it after a killed run. */
export const markOf = (server: string): Readonly<Record<string, string>> => ({ [serverVariable]: `${runId()}/${server}` });

export const folderOf = (run: string) => join(tmpdir(), `granary-real-${run}`);
const logs = join(root, ".granary", "real");

export function runFolder(): string {
  const folder = folderOf(runId());
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A new folder of its own for one server. Short, because Unix sockets inside must stay under 108 characters. */
export const newFolder = (name: string): string => mkdtempSync(join(runFolder(), `${name}-`));

/** Where a server of this run writes its logs; they outlive the server and the run. */
export function logFolder(name: string): string {
  const folder = join(logs, runId(), name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The processes of a run's servers, those that the servers started included. Linux only: elsewhere none is seen. */
export function processesOf(run: string): number[] {
  if (!existsSync("/proc/self/environ")) return [];
  const mark = `${serverVariable}=${run}/`;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && environment(name).some((entry) => entry.startsWith(mark)))
    .map(Number);
}

function environment(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return []; // Gone meanwhile, or another user's.
  }
}

/** Of tests that fill or freeze a disk. */
function mountsBelow(folder: string): string[] {
  if (!existsSync("/proc/mounts")) return [];
  const points = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "");
  return points.filter((point) => point.startsWith(`${folder}/`));
}

/** Ends what a run still has: processes by their ids, then cgroups, mounts and its folder. Returns the ids that it had to end. */
export async function endRun(run: string): Promise<number[]> {
  const left = processesOf(run);
  for (const pid of left) signal(pid, "SIGKILL");
  for (let waited = 0; waited < 5000 && processesOf(run).length > 0; waited += 50) await new Promise((done) => setTimeout(done, 50));
  for (const name of cgroupsOf(run)) await removeCgroup(name);
  for (const mount of mountsBelow(folderOf(run))) execFileSync("umount", ["-l", mount]);
  rmSync(folderOf(run), { recursive: true, force: true, maxRetries: 3 });
  return left;
}

/** Ends runs whose first process is gone, with the processes that outlived it, and removes all but the newest logs. */
export async function sweep(): Promise<void> {
  const mine = readdirSync(tmpdir())
    .flatMap((name) => /^granary-real-(\d+)$/.exec(name)?.[1] ?? [])
    .filter((run) => isMine(folderOf(run)));
  for (const run of new Set([...mine, ...runsWithCgroups()])) if (!alive(Number(run))) await endRun(run);
  if (!existsSync(logs)) return;
  const dated = readdirSync(logs).map((name) => ({ path: join(logs, name), time: statSync(join(logs, name)).mtimeMs }));
  for (const { path } of dated.sort((a, b) => b.time - a.time).slice(keptLogs)) rmSync(path, { recursive: true, force: true });
}

const isMine = (path: string) => statSync(path).uid === process.getuid?.();
const alive = (pid: number) => signal(pid, 0);

/** False when there is no such process any more. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // There, but another user's.
  }
}
