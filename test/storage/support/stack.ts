// Previews the store of a stack by its configuration, through the real SDK.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Yaml } from "../../../preview/config/files";
import { expectOk, type PreviewResult, previewProgram, root } from "../../support/preview";

/** What a stack says, without `granary:`. */
export type Settings = Readonly<Record<string, Yaml>>;

export function stackSettings(stack: string): Settings {
  const { config } = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as { config: Settings };
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace("granary:", ""), value]));
}

/** A stack's settings with some of its storage's changed. */
export function withStorage(stack: string, storage: Settings, others: Settings = {}): Settings {
  const settings = stackSettings(stack);
  return { ...settings, ...others, storage: { ...(settings.storage as Settings), ...storage } };
}

export function tryStore(stack: string, settings: Settings): Promise<PreviewResult> {
  const named = Object.entries(settings).map(([key, value]) => [`granary:${key}`, value] as const);
  const isKeys = ([key]: readonly [string, Yaml]) => key === "granary:keys";
  return previewProgram("test/storage/support/program.ts", {
    stack,
    project: "granary",
    config: Object.fromEntries(named.filter((entry) => !isKeys(entry))),
    secrets: Object.fromEntries(named.filter(isKeys)),
  });
}

/** What the store of these settings registers; fails with the cause when the program does. */
export const previewStore = (stack: string, settings: Settings = stackSettings(stack)): Promise<PreviewResult> =>
  expectOk(tryStore(stack, settings));
