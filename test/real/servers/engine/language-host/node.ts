// How the SDK's runners are started: with the program's options for Node.js, and ended with this process.
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";

interface Options {
  readonly typescript?: boolean;
  readonly tsconfig?: string;
  readonly nodeargs?: string;
}

const children = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

/** A runner of the SDK that is installed where the program is: `run`, `run-policy-pack`. */
export function startRunner(name: string, info: ProgramInfo, args: readonly string[], spawnOptions: SpawnOptions): ChildProcess {
  const options = (info.getOptions()?.toJavaScript() ?? {}) as Options;
  const runner = createRequire(join(info.getProgramDirectory(), "package.json")).resolve(`@pulumi/pulumi/cmd/${name}`);
  const child = spawn(process.execPath, [...(options.nodeargs?.split(" ") ?? []), runner, ...args], {
    ...spawnOptions,
    env: {
      ...spawnOptions.env,
      PULUMI_NODEJS_TYPESCRIPT: String(options.typescript ?? true),
      ...(options.tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig } : {}),
    },
  });
  children.add(child);
  child.once("close", () => children.delete(child));
  return child;
}

/** Its exit code, or in words what ended it. */
export const ended = (child: ChildProcess): Promise<number | string> =>
  new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(code ?? signal ?? "unknown"));
  });
