// Changes to a stack's configuration, and what the loader says about them.
import { parseConfig } from "../../../components/config/parse";
import type { Yaml } from "../../../preview/config/files";
import { type Settings, stackSettings } from "./stack";

/** `storage.gateway.tls` as a path; undefined takes the key out. */
export type Change = Readonly<Record<string, Yaml | undefined>>;

type Tree = { [key: string]: Yaml | undefined };

export function changed(settings: Settings, change: Change): Settings {
  const copy = structuredClone(settings) as Tree;
  for (const [path, value] of Object.entries(change)) set(copy, path.split("."), value);
  return copy as Settings;
}

function set(tree: Tree, [key = "", ...rest]: string[], value: Yaml | undefined): void {
  if (rest.length > 0) {
    tree[key] ??= {};
    set(tree[key] as Tree, rest, value);
  } else if (value === undefined) delete tree[key];
  else tree[key] = value;
}

export const filesystem: Settings = { environment: "local", storage: { kind: "filesystem" } };

export const settingsOf = (stack: string): Settings => (stack === "filesystem" ? filesystem : stackSettings(stack));

/** `path: message` of everything that is wrong with the changed stack. */
export function problemsOf(stack: string, change: Change): string[] {
  const settings = changed(settingsOf(stack), change);
  const raw = Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
  const parsed = parseConfig(raw, (key) => key === "keys");
  return "problems" in parsed ? parsed.problems.map(({ path, message }) => `${path}: ${message}`) : [];
}
