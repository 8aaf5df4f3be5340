// What the playground's shell has beside the cluster. A tool that has more to set than its folder becomes a part of its own here.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { programs } from "../engine";
import { installPulumi, pulumiEnvironment } from "../engine/plugins";
import { newFolder } from "../run/run";
import { find } from "../tools/catalogue";

export interface ShellPart {
  /** Folders for PATH, before all others. */
  readonly path: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Printed before the shell starts. */
  readonly notes: readonly string[];
}

/** Programs without which the playground is a playground still. */
function optionalProgram(name: string): ShellPart {
  const program = find(name);
  return program
    ? { path: [dirname(program)], env: {}, notes: [] }
    : { path: [], env: {}, notes: [`${name} is not built yet: npm run servers`] };
}

/** The CLI with its plugins, and states of its own that end with the cluster. */
function pulumi(): ShellPart {
  if (programs.missing().length > 0) return { path: [], env: {}, notes: ["pulumi is not built yet: npm run servers"] };
  const folder = newFolder("engine");
  const installed = installPulumi(folder);
  const states = join(folder, "states");
  mkdirSync(states);
  return {
    path: [dirname(installed.command)],
    env: { ...pulumiEnvironment(installed, states), PULUMI_CONFIG_PASSPHRASE: "playground" },
    notes: [
      "pulumi keeps its states here, and they end with the cluster. It writes into stacks' files: work on a copy of one, such as Pulumi.mine.yaml.",
    ],
  };
}

export const shellParts: readonly (() => ShellPart | Promise<ShellPart>)[] = [
  () => optionalProgram("kubectl"),
  () => optionalProgram("helm"),
  pulumi,
];
