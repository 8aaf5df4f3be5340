// Says what is going on, line by line: for a person who waits and for a log that somebody reads later.
import { type ChildProcess, spawn } from "node:child_process";

const beatSeconds = 15;

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Takes a line of output as progress; false keeps it for the error text. */
  readonly progress?: (line: string) => boolean;
}

/** One thing being made ready. */
export interface Step {
  /** What it is doing now; printed at the next beat, for most last less than one. */
  say(doing: string): void;
  run(command: string, args: readonly string[], options?: CommandOptions): Promise<void>;
}

const running = new Set<ChildProcess>();

/** An interrupted run leaves no compiler behind. */
export function endWithCommands(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      for (const child of running) child.kill("SIGTERM");
      process.exit(1);
    });
  }
}

export type Print = (line: string) => void;

/** Runs one step: a line when it starts, one every 15 seconds, one when it ends. */
export async function perform(name: string, print: Print, work: (step: Step) => Promise<void>): Promise<void> {
  const started = Date.now();
  let doing = "starting";
  const line = (text: string) => print(`${name.padEnd(10)} ${seconds(started).padStart(5)}  ${text}`);
  const beat = setInterval(() => line(doing), beatSeconds * 1000);
  try {
    line("not there yet, getting it ready");
    await work({
      say: (now) => {
        doing = now;
      },
      run: runCommand,
    });
    line("ready");
  } catch (error) {
    line(`FAILED: ${(error as Error).message}`);
    throw error;
  } finally {
    clearInterval(beat);
  }
}

export const seconds = (since: number) => `${Math.round((Date.now() - since) / 1000)}s`;

function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    const said: string[] = [];
    const keep = (line: string) => {
      if (line.trim() === "" || options.progress?.(line)) return;
      said.push(line);
      if (said.length > 20) said.shift();
    };
    byLine(child.stdout, keep);
    byLine(child.stderr, keep);
    child.once("error", () => failed(new Error(`${command} is not installed`)));
    child.once("close", (code, signal) => {
      running.delete(child);
      if (code === 0) return done();
      failed(new Error(`${command} ${args[0] ?? ""} ended with ${signal ?? `exit code ${code}`}\n${said.join("\n")}`));
    });
  });
}

function byLine(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  });
  stream.on("end", () => take(rest));
}
