// How programs and packs are started: with which SDK, which preloads and which environment.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** TypeScript in place, then what makes the SDK start quickly. */
export const preloads: readonly string[] = [join(root, "bin", "typescript.cjs"), join(root, "preview", "preload", "sdk.ts")];

/** A file inside the SDK that code in this folder would load; the project's own where the folder has none. */
export function sdkOf(folder: string): string {
  for (const from of [folder, root]) {
    try {
      return createRequire(join(from, "index.js")).resolve("@pulumi/pulumi/package.json");
    } catch {
      // Not here: the next place.
    }
  }
  throw new Error("@pulumi/pulumi is not installed; run npm ci");
}

/** Variables of ours that a preview must not depend on: credentials and the CLI's own settings stay out. */
const passedOn = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "LANG", "TZ", "NODE_OPTIONS", "NODE_EXTRA_CA_CERTS"];

export function nodeEnvironment(sdk: string): Record<string, string> {
  const env: Record<string, string> = {
    GRANARY_SDK: sdk,
    PULUMI_NODEJS_TYPESCRIPT: "false",
    // Colour is added when a result is shown, never by what produces it.
    NO_COLOR: "1",
  };
  for (const name of passedOn) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}
