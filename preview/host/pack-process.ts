// The process of a policy pack. It is started before anything that speaks to it is loaded.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PreviewFailure } from "../failure";
import { type Child, eachLine, startNode } from "./children";
import { nodeEnvironment, preloads, sdkOf } from "./node";
import type { PackConfig } from "./pack-config";

export interface PackSpec {
  folder: string;
  config: PackConfig;
  stack: string;
  project: string;
  stackConfig: Readonly<Record<string, string>>;
  secretKeys: readonly string[];
  engineAddress: string;
  /** What the pack prints; it is no part of a result. */
  say(text: string): void;
}

export interface PackProcess {
  child: Child;
  /** Where it serves. */
  port: Promise<number>;
  /** Says that it is needed no more. */
  release(): void;
}

export function startPack(spec: PackSpec): PackProcess {
  const { folder } = spec;
  if (!existsSync(join(folder, "PulumiPolicy.yaml")))
    throw new PreviewFailure(`${folder} is not a policy pack: it has no PulumiPolicy.yaml`);
  const sdk = sdkOf(folder);
  const child = startNode({
    script: createRequire(sdk).resolve("@pulumi/pulumi/cmd/run-policy-pack"),
    args: [spec.engineAddress, "."],
    cwd: folder,
    preload: preloads,
    env: {
      ...nodeEnvironment(sdk),
      PULUMI_CONFIG: JSON.stringify(spec.stackConfig),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(spec.secretKeys),
      PULUMI_NODEJS_ORGANIZATION: "organization",
      PULUMI_NODEJS_PROJECT: spec.project,
      PULUMI_NODEJS_STACK: spec.stack,
      PULUMI_NODEJS_DRY_RUN: "true",
    },
  });
  const port = portOf(child, (line) => spec.say(line));
  port.catch(() => undefined);
  return { child, port, release: () => child.kill() };
}

/** The first line of its output is the port it listens on. */
function portOf(child: Child, say: (line: string) => void): Promise<number> {
  eachLine(child.process.stderr, say);
  return new Promise((resolve, reject) => {
    let served = false;
    eachLine(child.process.stdout, (line) => {
      if (served) return say(line);
      served = true;
      if (/^\d+$/.test(line.trim())) return resolve(Number(line));
      reject(new Error(`it printed "${line}" where its port was expected: a pack must not print before it serves`));
    });
    child.exited.then(({ code, signal }) => reject(new Error(`it ended with ${signal ?? `exit code ${code}`} before it served`)), reject);
  });
}
