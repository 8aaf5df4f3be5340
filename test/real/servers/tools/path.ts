import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a command lives, as a shell would find it. Daemons of Debian packages live in sbin, which not everybody has in PATH. */
export function onPath(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/sbin"];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
