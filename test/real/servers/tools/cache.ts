import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where built and downloaded tools are kept, outside the checkout so that every checkout and every CI run shares them. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "granary");

/** Names a folder after everything that its contents come from. */
export function keyOf(files: readonly string[], ...more: string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file)).update("\0");
  for (const text of more) hash.update(text).update("\0");
  return hash.digest("hex").slice(0, 12);
}
