import { createRequire } from "node:module";
import { type Child, startNode } from "./children";
import { nodeEnvironment, preloads, sdkOf } from "./node";

export interface ProgramSpec {
  /** The folder of Pulumi.yaml. */
  root: string;
  /** Where the program runs. */
  pwd?: string;
  /** Its file, or "." where the package.json there names it. */
  entry: string;
  stack: string;
  project: string;
  config: Readonly<Record<string, string>>;
  secretKeys: readonly string[];
  address: string;
}

/** Starts the program by the SDK's own entry, with the arguments and environment that the CLI would give it. */
export function startProgram(spec: ProgramSpec): Child {
  const sdk = sdkOf(spec.root);
  return startNode({
    script: createRequire(sdk).resolve("@pulumi/pulumi/cmd/run"),
    args: [
      ...["--monitor", spec.address, "--engine", spec.address],
      ...["--organization", "organization", "--project", spec.project, "--stack", spec.stack],
      ...["--root-directory", spec.root, "--pwd", spec.pwd ?? spec.root],
      ...["--dry-run", "--parallel", "64"],
      spec.entry,
    ],
    cwd: spec.root,
    preload: preloads,
    env: {
      ...nodeEnvironment(sdk),
      PULUMI_CONFIG: JSON.stringify(spec.config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(spec.secretKeys),
    },
  });
}
