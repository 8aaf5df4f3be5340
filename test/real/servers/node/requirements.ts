// What a node needs of the machine beside its programs.
import { readFileSync } from "node:fs";
import { cgroupsWritable } from "../run/cgroups";
import { onPath } from "../tools/path";

const commands = ["unshare", "nsenter", "mount", "ip"];
const administerSystem = 21n;

/** One line for all of it, or none. */
export function missingOfMachine(): string[] {
  const lacking = [
    ...(process.getuid?.() === 0 && hasCapability(administerSystem) ? [] : ["root with CAP_SYS_ADMIN"]),
    ...commands.filter((command) => !onPath(command)),
    ...(cgroupsWritable() ? [] : ["a writable /sys/fs/cgroup"]),
  ];
  return lacking.length === 0 ? [] : [`a node needs ${lacking.join(", ")}: run as root on Linux, with util-linux and iproute2`];
}

function hasCapability(number: bigint): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return effective !== undefined && ((BigInt(`0x${effective}`) >> number) & 1n) === 1n;
}
