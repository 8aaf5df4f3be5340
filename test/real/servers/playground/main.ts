// `npm run cluster [-- IMAGE...]`: starts a cluster and a shell to use it from. All of it ends with the shell; without a terminal, with this program.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter } from "node:path";
import { type Cluster, cluster } from "../cluster";
import { imageNamed, probeImage } from "../images";
import { endRun, runId, sweep } from "../run/run";
import { seconds } from "../tools/progress";
import { type ShellPart, shellParts } from "./shell-part";

async function main(images: readonly string[]): Promise<void> {
  const missing = cluster.missing();
  if (missing.length > 0) throw new Error(missing.join("\n"));
  await sweep();
  const began = Date.now();
  const ended = untilEnded();
  console.log("Starting the cluster; its first start takes a minute.");
  try {
    const started = cluster.start({ images: [probeImage(), ...images.map(imageNamed)] });
    started.catch(() => undefined);
    const running = await Promise.race([started, ended]);
    if (!running) return;
    const parts = await Promise.all(shellParts.map((part) => part()));
    console.log(`Ready after ${seconds(began)}.\n\n${guide(running, parts)}\n`);
    await (process.stdin.isTTY ? shell(environment(running, parts)) : ended);
    await running.stop();
  } finally {
    await endRun(runId());
  }
}

const environment = ({ kubeconfig }: Cluster, parts: readonly ShellPart[]): NodeJS.ProcessEnv => ({
  ...process.env,
  ...Object.assign({}, ...parts.map(({ env }) => env)),
  KUBECONFIG: kubeconfig,
  PATH: [...new Set(parts.flatMap(({ path }) => path)), process.env.PATH ?? ""].join(delimiter),
});

function guide({ kubeconfig, endpoint, logs }: Cluster, parts: readonly ShellPart[]): string {
  const folders = [...new Set(parts.flatMap(({ path }) => path))];
  return [
    `API server   ${endpoint}`,
    `Logs         ${logs}`,
    "From another terminal:",
    `  export KUBECONFIG=${kubeconfig}`,
    ...(folders.length > 0 ? [`  export PATH=${folders.join(delimiter)}:$PATH`] : []),
    ...parts.flatMap(({ env }) => Object.entries(env).map(([name, value]) => `  export ${name}=${value}`)),
    ...parts.flatMap(({ notes }) => notes),
    process.stdin.isTTY ? "The cluster ends with this shell." : `The cluster ends with this program: kill ${process.pid}`,
  ].join("\n");
}

async function shell(env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.env.SHELL ?? "/bin/sh", [], { env, stdio: "inherit" });
  await once(child, "close");
}

/** An interrupted run ends what it has started, too. The shell handles interrupts itself. */
function untilEnded(): Promise<undefined> {
  return new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => done(undefined));
  });
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
