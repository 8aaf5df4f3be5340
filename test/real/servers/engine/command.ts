// One run of a program with its output, ended with us and marked as a process of this run.
import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { tied } from "../run/process";
import { logFolder, markOf } from "../run/run";

export interface CommandSpec {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The name of its log; standard output that is data is left out, because a state may hold secrets. */
  readonly log: string;
  readonly dataOnly?: boolean;
  /** Ends the program at once, as a power failure would. */
  readonly kill?: AbortSignal;
}

export interface Outcome {
  readonly code: number;
  /** Standard output. */
  readonly output: string;
  /** All that it printed, as a reader sees it. */
  readonly text: string;
  readonly seconds: number;
}

export async function runCommand({ command: [program, ...args], cwd, env, log, dataOnly = false, kill }: CommandSpec): Promise<Outcome> {
  const began = Date.now();
  const [command, ...tiedArgs] = tied([program, ...args]);
  const child = spawn(command, tiedArgs, {
    cwd,
    env: { ...env, ...markOf("engine") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  kill?.addEventListener("abort", () => child.kill("SIGKILL"), { once: true });
  let [output, text] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (data: string) => {
    output += data;
    if (!dataOnly) text += data;
  });
  child.stderr.setEncoding("utf8").on("data", (data: string) => {
    text += data;
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exit) => resolve(exit ?? -1));
  });
  const seconds = (Date.now() - began) / 1000;
  appendFileSync(join(logFolder("engine"), `${log}.log`), `\n$ ${args.join(" ")}\n${text}\n(exit code ${code} after ${seconds} s)\n`);
  return { code, output, text, seconds };
}
