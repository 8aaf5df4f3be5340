// Cgroup folders of nodes. Unlike processes and mounts they outlive the namespaces, so that they are removed by name.
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const mountPoint = "/sys/fs/cgroup";
const prefix = "granary-node-";

/** The unified hierarchy, or each controller's own (version 1). */
export function cgroupHierarchies(): string[] {
  if (!existsSync(mountPoint)) return [];
  if (existsSync(join(mountPoint, "cgroup.controllers"))) return [mountPoint];
  return readdirSync(mountPoint, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(mountPoint, entry.name));
}

export function cgroupsWritable(): boolean {
  const hierarchies = cgroupHierarchies();
  try {
    for (const hierarchy of hierarchies) accessSync(hierarchy, constants.W_OK);
    return hierarchies.length > 0;
  } catch {
    return false;
  }
}

/** Makes the folder below which a kubelet puts its pods' own, in every hierarchy, and returns its name. */
export function makeCgroup(run: string, suffix: string): string {
  const name = `${prefix}${run}-${suffix}`;
  for (const hierarchy of cgroupHierarchies()) mkdirSync(join(hierarchy, name), { recursive: true });
  // Version 1: no process can enter a cpuset that names neither processors nor memory.
  for (const file of ["cpuset.cpus", "cpuset.mems"]) {
    const parent = join(mountPoint, "cpuset", file);
    if (existsSync(parent)) writeFileSync(join(mountPoint, "cpuset", name, file), readFileSync(parent));
  }
  return name;
}

/** Names of the folders of a run's nodes. */
export const cgroupsOf = (run: string): string[] => names().filter((name) => name.startsWith(`${prefix}${run}-`));

/** The runs that have such folders. */
export const runsWithCgroups = (): string[] => [...new Set(names().flatMap((name) => /^granary-node-(\d+)-/.exec(name)?.[1] ?? []))];

const names = () => [...new Set(cgroupHierarchies().flatMap((hierarchy) => readdirSync(hierarchy)))].filter((n) => n.startsWith(prefix));

/** Removes the folder in every hierarchy, deepest first. Each goes when its last process has gone, so that it is tried again for a while. */
export async function removeCgroup(name: string, seconds = 20): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!tryRemoveCgroup(name)) {
    if (Date.now() > deadline) throw new Error(`${mountPoint}/*/${name} still has processes after ${seconds} seconds`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

function tryRemoveCgroup(name: string): boolean {
  for (const hierarchy of cgroupHierarchies()) removeBelow(join(hierarchy, name));
  return !cgroupHierarchies().some((hierarchy) => existsSync(join(hierarchy, name)));
}

function removeBelow(folder: string): void {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) removeBelow(join(folder, entry.name));
    rmdirSync(folder);
  } catch {
    // Gone already, or busy still.
  }
}
