import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run/root";

/** The version of a provider's SDK that the project has installed, which is the version of the plugin that the engine asks for. */
export function packageVersion(provider: string): string {
  const file = join(root, "node_modules", "@pulumi", provider, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
