// The two files that the Kubernetes provider embeds. Its release build generates them; its Go module contains only their sources.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run/root";
import { moduleFolder, overlay } from "./embedded";

/** The version that the provider reports: that of the SDK, which is what the engine asks for. */
export const kubernetesProviderVersion: string = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).dependencies[
  "@pulumi/kubernetes"
];

export async function embedSchema(sources: string, scratch: string): Promise<readonly string[]> {
  const folder = await moduleFolder(sources, "github.com/pulumi/pulumi-kubernetes/provider/v4");
  const read = (name: string) => JSON.parse(readFileSync(join(folder, "cmd/pulumi-resource-kubernetes", name), "utf8"));
  return overlay(sources, scratch, {
    "schema-embed.json": JSON.stringify({ ...read("schema.json"), version: kubernetesProviderVersion }),
    "terraform-mapping-embed.json": JSON.stringify(read("terraform-mapping.json")),
  });
}
