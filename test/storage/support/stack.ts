// Previews the store of a stack by its configuration, through the real SDK.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Preview, preview } from "../../../preview/host/preview";

const root = join(__dirname, "..", "..", "..");

export type Settings = Readonly<Record<string, unknown>>;

/** What Pulumi.<stack>.yaml says, without `granary:`. */
export function stackSettings(stack: string): Settings {
  const { config } = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as { config: Settings };
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace("granary:", ""), value]));
}

export function previewStore(stack: string, settings: Settings): Promise<Preview> {
  const config = Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [`granary:${key}`, typeof value === "string" ? value : JSON.stringify(value)]),
  );
  return preview({
    stack,
    project: "granary",
    root,
    entry: join(__dirname, "program.ts"),
    config,
    secretKeys: "keys" in settings ? ["granary:keys"] : [],
  });
}
