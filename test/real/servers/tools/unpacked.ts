// Debian packages that are unpacked into the cache: nothing of them is installed into the system.
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { cache, keyOf, makeWhole } from "./cache";
import { isRoot, updatePackageLists } from "./debian";
import { onPath } from "./path";
import type { Step } from "./progress";

const nodePrograms = ["containerd", "runc", "containernetworking-plugins", "iptables", "nftables", "ipset"];
const nodeLibraries = [
  ...["libedit2", "libip4tc2", "libip6tc2", "libipset13", "libjansson4", "libmnl0", "libnetfilter-conntrack3", "libnfnetlink0"],
  ...["libnftables1", "libnftnl11", "libseccomp2", "libxtables12"],
];

/** A folder of the cache -> the packages that it holds. */
const sets = {
  prometheus: ["prometheus"],
  nginx: ["nginx"],
  /** What nginx loads, the loader included: an image has nothing else. */
  "nginx-libraries": ["libc6", "libcrypt1", "libpcre2-8-0", "libssl3", "zlib1g"],
  "node-packages": [...nodePrograms, ...nodeLibraries],
} as const;
export type PackageSet = keyof typeof sets;

function folderOf(set: PackageSet): string {
  const packages = sets[set];
  return join(cache, "debian", packages.length === 1 ? set : `${set}-${keyOf([], ...packages)}`);
}

export function packageFolder(set: PackageSet): string | undefined {
  const folder = folderOf(set);
  return existsSync(folder) ? folder : undefined;
}

const program =
  (set: PackageSet, ...path: string[]) =>
  (): string | undefined => {
    const unpacked = join(folderOf(set), "usr", ...path);
    return existsSync(unpacked) ? unpacked : onPath(path.at(-1) ?? set);
  };
export const promtool = program("prometheus", "bin", "promtool");
export const prometheus = program("prometheus", "bin", "prometheus");
export const nginx = program("nginx", "sbin", "nginx");

const unpack =
  (set: PackageSet, finish: (folder: string) => void = () => undefined) =>
  async (step: Step) => {
    if (isRoot()) await updatePackageLists(step);
    await makeWhole(folderOf(set), async (scratch) => {
      step.say(`downloading ${sets[set].join(", ")}`);
      await step.run("apt-get", ["download", "-q", ...sets[set]], { cwd: scratch });
      const files = readdirSync(scratch).filter((found) => found.endsWith(".deb"));
      if (files.length !== sets[set].length) throw new Error(`apt-get downloaded ${files.length} of ${sets[set].length} packages`);
      for (const file of files) {
        await step.run("dpkg", ["-x", file, "."], { cwd: scratch });
        rmSync(join(scratch, file));
      }
      finish(scratch);
    });
  };

/** The package's installation selects the nftables variant of iptables by update-alternatives; unpacked, it needs these links. */
function linkIptables(folder: string): void {
  const links = join(folder, "usr", "local", "sbin");
  mkdirSync(links, { recursive: true });
  for (const command of ["iptables", "ip6tables"])
    for (const suffix of ["", "-save", "-restore"]) symlinkSync(`../../sbin/${command}-nft${suffix}`, join(links, `${command}${suffix}`));
}

export const unpackJobs = [
  { name: "promtool", isReady: () => promtool() !== undefined, make: unpack("prometheus") },
  { name: "nginx", isReady: () => nginx() !== undefined, make: unpack("nginx") },
  { name: "nginx-libraries", isReady: () => packageFolder("nginx-libraries") !== undefined, make: unpack("nginx-libraries") },
  { name: "node-packages", isReady: () => packageFolder("node-packages") !== undefined, make: unpack("node-packages", linkIptables) },
];
