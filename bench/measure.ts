// Running a command and watching what it costs it and everything it starts.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

export const root = resolve(__dirname, "..");

export interface Cost {
  /** Seconds from start to end. */
  wall: number;
  /** Seconds of processor time, of all processes together. */
  cpu: number;
  /** The most memory that all processes held at one time, in MB. */
  memory: number;
  stdout: string;
}

const tickSeconds = 0.01;
/** How often the processes are looked at, in ms: what a process uses after the last look is missed. */
const interval = 20;

/** Runs node with these arguments. Violations of policies are none of a benchmark's business, so exit code 1 is fine. */
export function run(args: readonly string[]): Promise<Cost> {
  const started = performance.now();
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, [...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const end = () => child.kill("SIGTERM");
    process.once("exit", end);
    const watch = new Watch(child.pid ?? 0);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      const wall = (performance.now() - started) / 1000;
      watch.stop();
      process.off("exit", end);
      if (code === 0 || code === 1) done({ wall, cpu: watch.cpu(), memory: watch.memory, stdout });
      else reject(new Error(`node ${args.join(" ")} ended with ${code}\n${stderr}`));
    });
  });
}

/** Looks at a process and its children in /proc; elsewhere than on Linux it sees nothing. */
class Watch {
  memory = 0;
  private readonly ticks = new Map<number, number>();
  private readonly timer = setInterval(() => this.look(), interval);

  constructor(private readonly pid: number) {}

  cpu(): number {
    return [...this.ticks.values()].reduce((sum, ticks) => sum + ticks, 0) * tickSeconds;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    let pages = 0;
    for (const pid of family(this.pid)) {
      const fields = statOf(pid);
      if (!fields) continue;
      // Fields after the command's name: 11 and 12 are user and system ticks, 21 resident pages.
      this.ticks.set(pid, Number(fields[11]) + Number(fields[12]));
      pages += Number(fields[21]);
    }
    this.memory = Math.max(this.memory, (pages * 4096) / 1e6);
  }
}

function family(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
    return [pid, ...children.flatMap(family)];
  } catch {
    return [pid];
  }
}

function statOf(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ");
  } catch {
    return undefined;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
