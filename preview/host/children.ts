import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";

export interface Start {
  script: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  preload: readonly string[];
}

export interface Child {
  readonly process: ChildProcess;
  /** Everything it wrote to stderr so far. */
  stderr(): string;
  /** Resolves when it is gone and all its output was read. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  kill(): void;
}

/** Short-lived and allocating much: a larger young generation saves most of the garbage collector's work. */
const flags = ["--max-semi-space-size=32"];
const running = new Set<Child>();
process.on("exit", killAll);

/** Ends every process that was started here; also called when this process ends. */
export function killAll(): void {
  for (const child of running) child.kill();
}

/** Hands on what a stream says line by line, so that nothing is looked at in halves. */
export function eachLine(stream: Readable | null, take: (line: string) => void): void {
  let rest = "";
  stream
    ?.setEncoding("utf8")
    .on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) take(line);
    })
    .on("end", () => {
      if (rest) take(rest);
    });
}

/** Starts a node process that ends with this one: it watches its stdin, which the system closes when this process dies in any way. */
export function startNode({ script, args, cwd, env, preload }: Start): Child {
  const required = preload.flatMap((path) => ["--require", path]);
  const child = spawn(process.execPath, [...flags, ...required, script, ...args], { cwd, env, stdio: ["pipe", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin.on("error", () => undefined);
  const started: Child = {
    process: child,
    stderr: () => stderr,
    exited: new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        running.delete(started);
        resolve({ code, signal });
      });
    }),
    kill: () => child.kill("SIGKILL"),
  };
  started.exited.catch(() => undefined);
  running.add(started);
  return started;
}
