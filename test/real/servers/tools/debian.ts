// What comes from Debian packages: Ceph into the system, for it spreads over many libraries; single programs into the cache.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache, makeWhole } from "./cache";
import { onPath } from "./path";
import type { Step } from "./progress";

export const cephPackages = ["radosgw", "ceph-mon", "ceph-mgr", "ceph-osd", "ceph-common"];
export const cephBinaries = ["radosgw", "ceph-mon", "ceph-mgr", "ceph-osd", "ceph", "radosgw-admin", "monmaptool"];

const installCommand = (packages: readonly string[]) => `apt-get install --no-install-recommends ${packages.join(" ")}`;
export const cephHint = `as root: ${installCommand(cephPackages)}`;

const isRoot = () => process.getuid?.() === 0;

/** Root installs; CI machines that let one become root do too; anyone else is told what to install. */
async function asRoot(step: Step, args: readonly string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  if (isRoot()) return step.run("apt-get", args, { env });
  await step.run("sudo", ["-n", "apt-get", ...args], { env });
}

const mayInstall = () => onPath("apt-get") !== undefined && (isRoot() || (process.env.CI === "true" && onPath("sudo") !== undefined));

let updated: Promise<void> | undefined;
function update(step: Step): Promise<void> {
  updated ??= asRoot(step, ["update", "-q"]);
  return updated;
}

export async function installPackages(packages: readonly string[], step: Step): Promise<void> {
  if (!mayInstall()) throw new Error(`needs root: ${installCommand(packages)}`);
  step.say("reading the package lists");
  await update(step);
  step.say(`installing ${packages.join(", ")}`);
  await asRoot(step, ["install", "-y", "-q", "--no-install-recommends", ...packages]);
}

const folderOf = (name: string) => join(cache, "debian", name);

const unpacked =
  (name: string, ...program: string[]) =>
  (): string | undefined => {
    const path = join(folderOf(name), "usr", ...program);
    return existsSync(path) ? path : onPath(program.at(-1) ?? name);
  };
export const promtool = unpacked("prometheus", "bin", "promtool");
export const prometheus = unpacked("prometheus", "bin", "prometheus");
export const nginx = unpacked("nginx", "sbin", "nginx");

/** Only unpacked: nothing of the package is installed into the system. */
const unpack = (name: string) => async (step: Step) => {
  if (isRoot()) await update(step);
  await makeWhole(folderOf(name), async (scratch) => {
    step.say(`downloading the package ${name}`);
    await step.run("apt-get", ["download", "-q", name], { cwd: scratch });
    const file = readdirSync(scratch).find((found) => found.endsWith(".deb"));
    if (!file) throw new Error(`apt-get downloaded no package ${name}`);
    await step.run("dpkg", ["-x", file, "."], { cwd: scratch });
    rmSync(join(scratch, file));
  });
};
export const unpackPrometheus = unpack("prometheus");
export const unpackNginx = unpack("nginx");
