// A stack's cluster, store and charts with a shell in which `pulumi` works on it: `playground.ts local [-- command]`. All ends with the shell.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { endRun, runId } from "../servers/run/run";
import { stackNeeds, startStack } from "../support/engine/living-stack";
import type { StackName } from "../support/engine/stores";

async function main([stack = "local", ...rest]: string[]): Promise<void> {
  const name = stack as StackName;
  const missing = stackNeeds(name).flatMap((need) => need.missing());
  if (missing.length > 0) throw new Error(missing.join("\n"));
  const living = await startStack(name);
  try {
    const { project, store } = living;
    const own = rest[0] === "--" ? rest.slice(1) : [];
    const shell = own.length > 0 ? own : [process.env.SHELL ?? "sh"];
    console.log(`${name}: a shell in ${project.path}; try: pulumi preview --policy-pack policy`);
    const [command = "sh", ...args] = [...store.wrapper, ...shell];
    // The terminal's signals are for what runs in the shell.
    process.on("SIGINT", () => undefined);
    const child = spawn(command, args, { cwd: project.path, env: { ...process.env, ...project.variables() }, stdio: "inherit" });
    const [code] = (await once(child, "close")) as [number | null];
    process.exitCode = code ?? 1;
  } finally {
    await living.stop();
    await endRun(runId());
  }
}

void main(process.argv.slice(2));
