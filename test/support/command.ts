/** Runs `npm run preview` as a process of its own, as a user does. */
import { type ChildProcess, spawn } from "node:child_process";
import { root } from "./preview";

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export function startPreview(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { process: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, ["bin/run.mjs", "preview/main.ts", ...args], { cwd: root, env: { ...process.env, ...env } });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return { process: child, ended: new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr }))) };
}

export function runPreview(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return startPreview(args, env).ended;
}
