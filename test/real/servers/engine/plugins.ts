// The CLI with its plugins, laid out as the engine looks for them: hosts beside the binary, providers in PULUMI_HOME.
import { chmodSync, copyFileSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../run/root";
import { tool } from "../tools/catalogue";
import { packageVersion } from "./package-version";

export interface PulumiInstallation {
  readonly command: string;
  /** PULUMI_HOME. */
  readonly home: string;
  /** With it the CLI finds its plugins and keeps states and temporary files in the installation's folder. */
  readonly environment: Readonly<Record<string, string>>;
}

const standIns = { aws: "providers/aws/main.ts", random: "providers/random.ts" };

export function installPulumi(folder: string): PulumiInstallation {
  const command = join(folder, "bin", "pulumi");
  mkdirSync(dirname(command), { recursive: true });
  // The engine resolves links before it looks for what is beside its binary, so a symbolic link would not do.
  hardLink(tool("pulumi"), command);
  program(join(folder, "bin", "pulumi-language-nodejs"), "language-host/main.ts");
  const dynamic = "pulumi-resource-pulumi-nodejs";
  symlinkSync(join(root, "node_modules/@pulumi/pulumi", dynamic), join(folder, "bin", dynamic));
  const home = join(folder, "home");
  installKubernetesProvider(home, packageVersion("kubernetes"));
  for (const [name, source] of Object.entries(standIns)) program(provider(home, name, packageVersion(name)), source);
  const [states, temporary] = [join(folder, "state"), join(folder, "tmp")];
  for (const path of [states, temporary]) mkdirSync(path);
  const environment = {
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${states}`,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // Providers leave files there: a kubeconfig for each release.
    TMPDIR: temporary,
  };
  return { command, home, environment };
}

export function installKubernetesProvider(home: string, version: string): void {
  symlinkSync(tool("pulumi-resource-kubernetes"), provider(home, "kubernetes", version));
}

function provider(home: string, name: string, version: string): string {
  const folder = join(home, "plugins", `resource-${name}-v${version}`);
  mkdirSync(folder, { recursive: true });
  return join(folder, `pulumi-resource-${name}`);
}

/** An executable that runs one of this folder's TypeScript files. */
function program(path: string, source: string): void {
  const preload = join(root, "bin/typescript.cjs");
  const file = join(root, "test/real/servers/engine", source);
  writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" --require "${preload}" "${file}" "$@"\n`);
  chmodSync(path, 0o755);
}

function hardLink(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // On another file system.
    copyFileSync(from, to);
  }
}
