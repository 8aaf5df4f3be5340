// Files that a program of ours embeds and that a Go module holds.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../run/process";

/** The folder of a module, downloaded if need be. */
export async function moduleFolder(sources: string, module: string): Promise<string> {
  const download = await run("go", ["mod", "download", "-json", module], { cwd: sources, seconds: 600 });
  return JSON.parse(download).Dir;
}

/** Writes the files, by their paths below `sources`, to `scratch` and returns the flags that lay them over `sources`. */
export function overlay(sources: string, scratch: string, files: Readonly<Record<string, string>>): readonly string[] {
  const folder = join(scratch, "embedded");
  mkdirSync(folder);
  const replaced = Object.entries(files).map(([path, text], i) => {
    const file = join(folder, String(i));
    writeFileSync(file, text);
    return [join(sources, path), file];
  });
  const map = join(folder, "overlay.json");
  writeFileSync(map, JSON.stringify({ Replace: Object.fromEntries(replaced) }));
  return ["-overlay", map];
}
