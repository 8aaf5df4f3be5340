// Debian packages that are installed into the system: Ceph, because it spreads over many libraries.
import { onPath } from "./path";
import type { Step } from "./progress";

export const cephPackages = ["radosgw", "ceph-mon", "ceph-mgr", "ceph-osd", "ceph-common"];
export const cephBinaries = ["radosgw", "ceph-mon", "ceph-mgr", "ceph-osd", "ceph", "radosgw-admin", "monmaptool"];

const installCommand = (packages: readonly string[]) => `apt-get install --no-install-recommends ${packages.join(" ")}`;
export const cephHint = `as root: ${installCommand(cephPackages)}`;

export const isRoot = () => process.getuid?.() === 0;

/** Root installs; CI machines that let one become root do too; anyone else is told what to install. */
async function asRoot(step: Step, args: readonly string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  if (isRoot()) return step.run("apt-get", args, { env });
  await step.run("sudo", ["-n", "apt-get", ...args], { env });
}

const mayInstall = () => onPath("apt-get") !== undefined && (isRoot() || (process.env.CI === "true" && onPath("sudo") !== undefined));

let updated: Promise<void> | undefined;
export function updatePackageLists(step: Step): Promise<void> {
  updated ??= asRoot(step, ["update", "-q"]);
  return updated;
}

export async function installPackages(packages: readonly string[], step: Step): Promise<void> {
  if (!mayInstall()) throw new Error(`needs root: ${installCommand(packages)}`);
  step.say("reading the package lists");
  await updatePackageLists(step);
  step.say(`installing ${packages.join(", ")}`);
  await asRoot(step, ["install", "-y", "-q", "--no-install-recommends", ...packages]);
}
