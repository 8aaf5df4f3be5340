// The resource definitions that our build of cert-manager's controller embeds: those of its module.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { moduleFolder, overlay } from "./embedded";

export async function embedDefinitions(sources: string, scratch: string): Promise<readonly string[]> {
  const folder = join(await moduleFolder(sources, "github.com/cert-manager/cert-manager"), "deploy/crds");
  const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  const text = files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n---\n");
  return overlay(sources, scratch, { "cert-manager/definitions.yaml": text });
}
