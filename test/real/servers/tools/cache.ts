import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { signal } from "../run/run";

/** Where built and downloaded tools are kept, outside the checkout so that every checkout and every CI run shares them. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "granary");

/** Names a folder after everything that its contents come from. */
export function keyOf(files: readonly string[], ...more: string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file)).update("\0");
  for (const text of more) hash.update(text).update("\0");
  return hash.digest("hex").slice(0, 12);
}

const scratches = join(cache, "scratch");

/** Makes a folder of the cache elsewhere and moves it in when it is whole: what was interrupted or broken is never found there. */
export async function makeWhole(target: string, make: (scratch: string) => Promise<void>): Promise<void> {
  mkdirSync(scratches, { recursive: true });
  for (const name of readdirSync(scratches))
    if (!signal(Number(name.split("-")[0]), 0)) rmSync(join(scratches, name), { recursive: true, force: true });
  const scratch = join(scratches, `${process.pid}-${keyOf([], target)}`);
  mkdirSync(scratch);
  try {
    await make(scratch);
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(scratch, target);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
