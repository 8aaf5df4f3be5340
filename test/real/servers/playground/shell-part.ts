// What the playground's shell has beside the cluster. A tool that has more to set than its folder becomes a part of its own here.
import { dirname } from "node:path";
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

export const shellParts: readonly (() => ShellPart | Promise<ShellPart>)[] = [
  () => optionalProgram("kubectl"),
  () => optionalProgram("helm"),
  () => optionalProgram("pulumi"),
];
