// What the playground's shell has beside the cluster. A tool that has more to set than its folder becomes a part of its own here.
import { dirname } from "node:path";
import { programs } from "../engine";
import { installPulumi } from "../engine/plugins";
import { newFolder } from "../run/run";
import { find } from "../tools/catalogue";

export interface ShellPart {
  /** Folders for PATH, before all others. */
  readonly path: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Printed before the shell starts. */
  readonly notes: readonly string[];
}

const notBuilt = (name: string): ShellPart => ({ path: [], env: {}, notes: [`${name} is not built yet: npm run servers`] });

/** Programs without which the playground is a playground still. */
function optionalProgram(name: string): ShellPart {
  const program = find(name);
  return program ? { path: [dirname(program)], env: {}, notes: [] } : notBuilt(name);
}

/** The CLI with its plugins, and states of its own that end with the cluster. */
function pulumi(): ShellPart {
  if (programs.missing().length > 0) return notBuilt("pulumi");
  const { command, environment } = installPulumi(newFolder("engine"));
  return {
    path: [dirname(command)],
    env: { ...environment, PULUMI_CONFIG_PASSPHRASE: "playground" },
    notes: ["States of pulumi end with the cluster. The CLI writes into a stack's file: work on a copy of one, such as Pulumi.mine.yaml."],
  };
}

export const shellParts: readonly (() => ShellPart | Promise<ShellPart>)[] = [
  () => optionalProgram("kubectl"),
  () => optionalProgram("helm"),
  pulumi,
];
