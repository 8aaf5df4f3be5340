// One process of a server: started with its log in a file, waited for until it is ready, ended by its id whatever happens to us.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import type { Server } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { logFolder, markOf, signal } from "./run";

export interface ProcessSpec {
  /** Which server it belongs to, and its own name there: `ceph`, `osd`. */
  readonly server: string;
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Asked until it says true; a throw counts as not yet. */
  readonly ready: () => Promise<boolean>;
  readonly readyWithinSeconds?: number;
  /** SIGKILL where the server's data is thrown away anyway, or where it hangs on SIGTERM. */
  readonly stopSignal?: "SIGTERM" | "SIGKILL";
  /** A listening socket for a Node program, which sends a message when it waits for it. It stays in the network namespace that it was opened in. */
  readonly listener?: Server;
}

export interface RunningProcess {
  readonly pid: number;
  readonly log: string;
  running(): boolean;
  /** Once it has ended: 0 where it ended by itself and well, undefined where a signal ended it. */
  readonly exitCode: Promise<number | undefined>;
  /** SIGSTOP and SIGCONT freeze and thaw it. */
  signal(name: NodeJS.Signals): void;
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
}

const graceSeconds = 20;
const living = new Set<number>();
// A process that ends by itself takes its servers along; one that is killed leaves it to the kernel, see `tied`.
process.once("exit", () => {
  for (const pid of living) signal(pid, "SIGKILL");
});

export async function startProcess(spec: ProcessSpec): Promise<RunningProcess> {
  const log = join(logFolder(spec.server), `${spec.name}.log`);
  const output = openSync(log, "a");
  const [command, ...args] = tied([spec.command, ...spec.args]);
  const child = spawn(command, args, {
    cwd: spec.folder,
    env: { ...inherited(), ...spec.env, ...markOf(spec.server) },
    stdio: ["ignore", output, output, ...(spec.listener ? ["ipc" as const] : [])],
  });
  closeSync(output);
  const ended = new Promise<number | undefined>((done) => child.once("close", (code) => done(code ?? undefined)));
  child.once("error", () => undefined); // Reported by `pid` being undefined.
  if (child.pid === undefined) throw new Error(`${spec.server}: can't start ${spec.command}`);
  const { pid } = child;
  if (spec.listener) handOver(spec.listener, child);
  living.add(pid);
  ended.then(() => living.delete(pid));
  const running = () => child.exitCode === null && child.signalCode === null;
  const stop = async (how = spec.stopSignal ?? "SIGTERM") => {
    if (!running()) return;
    signal(pid, "SIGCONT"); // A frozen process would not hear SIGTERM.
    signal(pid, how);
    const kill = setTimeout(() => signal(pid, "SIGKILL"), graceSeconds * 1000);
    await ended;
    clearTimeout(kill);
  };
  try {
    await untilReady(spec, child);
  } catch (error) {
    await stop("SIGKILL");
    throw new Error(`${spec.server}: ${(error as Error).message}\n${tail(log)}\nThe whole log: ${log}`);
  }
  return { pid, log, running, exitCode: ended, signal: (name) => signal(pid, name), stop };
}

/** Only when the child says that it waits for it: it accepts connections as soon as the socket arrives, and drops those that come before it is prepared. */
function handOver(listener: Server, child: ChildProcess): void {
  child.once("message", () => void child.send("listen", listener, () => listener.close()));
}

async function untilReady(spec: ProcessSpec, child: ChildProcess): Promise<void> {
  const limit = spec.readyWithinSeconds ?? 60;
  const deadline = Date.now() + limit * 1000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${spec.name} ended with ${child.signalCode ?? `exit code ${child.exitCode}`} before it was ready`);
    if (await spec.ready().catch(() => false)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${spec.name} was not ready within ${limit} seconds`);
}

/** The kernel kills the process when the one that started it is gone, even by SIGKILL. setpriv replaces itself, so the id stays the server's. */
export function tied(command: readonly [string, ...string[]]): [string, ...string[]] {
  return existsSync("/usr/bin/setpriv") ? ["/usr/bin/setpriv", "--pdeathsig", "KILL", ...command] : [...command];
}

/** No proxy and none of the caller's cloud keys reach a server. */
export function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(AWS_|KUBE|.*_proxy$|NODE_OPTIONS$|VITEST)/i.test(key)));
}

function tail(log: string): string {
  return readFileSync(log, "utf8").trimEnd().split("\n").slice(-15).join("\n");
}

/** Runs a command to its end and returns what it printed; an error holds what it complained of. */
export async function run(command: string, args: readonly string[], options: { cwd?: string; seconds?: number } = {}): Promise<string> {
  const [program, ...all] = tied([command, ...args]);
  const { stdout } = await promisify(execFile)(program, all, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...inherited(), ...markOf("commands") },
    timeout: (options.seconds ?? 60) * 1000,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** Ready when a GET answers with this status. */
export const answers =
  (url: string, status = 200) =>
  async () =>
    (await fetch(url, { signal: AbortSignal.timeout(2000) })).status === status;
