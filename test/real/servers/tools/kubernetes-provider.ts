// The two files that the Kubernetes provider embeds. Its release build generates them; its Go module contains only their sources.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../run/process";
import { root } from "../run/root";

/** The version that the provider reports: that of the SDK, which is what the engine asks for. */
export const kubernetesProviderVersion: string = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).dependencies[
  "@pulumi/kubernetes"
];

const providerModule = "github.com/pulumi/pulumi-kubernetes/provider/v4";

/** Generates the files in `scratch` and returns the flags that lay them over `sources`: files cannot be added to the module cache. */
export async function embedSchema(sources: string, scratch: string): Promise<readonly string[]> {
  const download = await run("go", ["mod", "download", "-json", providerModule], { cwd: sources, seconds: 600 });
  const folderOfModule: string = JSON.parse(download).Dir;
  const read = (name: string) => JSON.parse(readFileSync(join(folderOfModule, "cmd/pulumi-resource-kubernetes", name), "utf8"));
  const files = {
    "schema-embed.json": { ...read("schema.json"), version: kubernetesProviderVersion },
    "terraform-mapping-embed.json": read("terraform-mapping.json"),
  };
  const folder = join(scratch, "embedded");
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
  const overlay = join(folder, "overlay.json");
  const replaced = Object.keys(files).map((name) => [join(sources, name), join(folder, name)]);
  writeFileSync(overlay, JSON.stringify({ Replace: Object.fromEntries(replaced) }));
  return ["-overlay", overlay];
}
