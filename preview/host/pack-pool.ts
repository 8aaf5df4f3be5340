import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type PackProcess, type PackSpec, startPack } from "./pack-process";

/**
 * Processes of packs for a preview of several stacks. A pack is started for each stack, as the CLI does, unless its package.json says
 * `"granary": { "manyStacks": true }`: that whatever it remembers it remembers by stack, and that it reads no configuration but what
 * it is asked with. Then one process serves all stacks.
 */
export class PackPool {
  private readonly shared = new Map<string, PackProcess>();

  start(spec: PackSpec): PackProcess {
    if (!servesManyStacks(spec.folder)) return startPack(spec);
    const running = this.shared.get(spec.folder);
    if (running) return running;
    const started = startPack({ ...spec, stack: "", stackConfig: {}, secretKeys: [] });
    // Whoever is done with it first must not end it for the others.
    const kept = { ...started, release: () => undefined };
    this.shared.set(spec.folder, kept);
    return kept;
  }

  close(): void {
    for (const { child } of this.shared.values()) child.kill();
    this.shared.clear();
  }
}

function servesManyStacks(folder: string): boolean {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return false;
  const content = JSON.parse(readFileSync(file, "utf8")) as { granary?: { manyStacks?: unknown } };
  return content.granary?.manyStacks === true;
}
