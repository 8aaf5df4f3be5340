import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The checkout's folder, found from here whether this file runs as TypeScript or as its compiled copy under .granary. */
export const root = upwards(__dirname);

function upwards(folder: string): string {
  // bin/ is never copied into a build, so only the checkout itself has it.
  if (existsSync(join(folder, "bin", "run.mjs"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`no checkout of Granary above ${__dirname}`);
  return upwards(parent);
}
