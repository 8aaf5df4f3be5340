// The next version of the Kubernetes provider, as `npm install` and the CLI would bring it: another number, and the same program.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run/root";
import { nextVersion } from "./charts/archives";
import { installKubernetesProvider } from "./plugins";

const installed = join(root, "node_modules");

export function upgradeProvider(project: string, home: string): void {
  const modules = join(project, "node_modules");
  rmSync(modules);
  linkEntries(installed, modules, "@pulumi");
  linkEntries(join(installed, "@pulumi"), join(modules, "@pulumi"), "kubernetes");
  // The SDK reads its version from the package.json beside its own files, so these are copied.
  const sdk = join(modules, "@pulumi/kubernetes");
  cpSync(join(installed, "@pulumi/kubernetes"), sdk, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(sdk, "package.json"), "utf8"));
  const version = nextVersion(manifest.version);
  writeFileSync(join(sdk, "package.json"), JSON.stringify({ ...manifest, version, pulumi: { ...manifest.pulumi, version } }));
  installKubernetesProvider(home, version);
}

function linkEntries(from: string, to: string, without: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) if (name !== without) symlinkSync(join(from, name), join(to, name));
}
