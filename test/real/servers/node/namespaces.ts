// One machine made of namespaces: mounts, network, processes, IPC and host name of its own. The end of its process 1 ends everything in it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type RunningProcess, run, startProcess } from "../run/process";
import { stopAll } from "../server";
import { tool } from "../tools/catalogue";
import { nodeAddress, nodeName } from "./addresses";

/** Beside other work on two cores, all of a node starts at once. */
const readyWithinSeconds = 180;

export interface Daemon {
  readonly command: string;
  readonly args: readonly string[];
  readonly ready: () => Promise<boolean>;
}

export interface Namespaces {
  /** Where this machine sees the node's root folder, its sockets below /run included. */
  readonly root: string;
  /** The command line that runs a command inside: with the unpacked packages on its path. */
  enter(command: string, ...args: string[]): [string, ...string[]];
  /** The same in the network namespace only. */
  enterNetwork(command: string, ...args: string[]): [string, ...string[]];
  run(command: string, args: readonly string[], seconds?: number): Promise<string>;
  startDaemon(name: string, daemon: Daemon): Promise<RunningProcess>;
  stop(): Promise<void>;
}

/** Run by process 1 in its new namespaces; all that it changes is gone with them. */
const initialize = (folder: string) => `set -eu
mount --make-rprivate /
cd '${folder}'
mkdir -p lib/volumes log cgroup
# A fresh /sys shows this network namespace; the cgroup mounts of the old one are moved onto it.
mount --rbind /sys/fs/cgroup cgroup
mount -t sysfs sysfs /sys
mount --rbind cgroup /sys/fs/cgroup
umount -R cgroup
mount -t tmpfs tmpfs /run
mount --bind lib /var/lib
mount --bind log /var/log
# The kubelet passes mounts on to pods.
mount --make-rshared /
echo ${nodeName} > /proc/sys/kernel/hostname
# A bridge without ports carries the node's address: not every kernel has dummy devices. Without a route, connect() to a Service fails before any rule sees it.
ip link set lo up
ip link add node0 type bridge
ip addr add ${nodeAddress}/24 dev node0
ip link set node0 up
ip route add default dev node0
echo 1 > /proc/sys/net/ipv4/ip_forward
echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter
touch ready
# The shell reaps processes that lost their parent.
while true; do sleep 3600 & wait; done
`;

export async function startNamespaces(folder: string): Promise<Namespaces> {
  const first = await startProcess({
    server: "node",
    name: "init",
    command: "unshare",
    args: [
      ...["--mount", "--net", "--pid", "--ipc", "--uts", "--fork", "--kill-child", "--mount-proc"],
      ...["sh", "-c", initialize(folder)],
    ],
    folder,
    ready: async () => existsSync(join(folder, "ready")),
    stopSignal: "SIGKILL",
  });
  const own = `/proc/${first.pid}/ns`;
  // unshare itself is in all new namespaces but that of processes, where only its child is.
  const all = ["nsenter", "-t", String(first.pid), "-m", "-n", "-i", "-u", `-p${own}/pid_for_children`, "--"] as const;
  const daemons: RunningProcess[] = [];
  const environment = programEnvironment(tool("node-packages"));
  const enter: Namespaces["enter"] = (command, ...args) => [...all, "env", ...environment, command, ...args];
  return {
    root: `/proc/${first.pid}/root`,
    enter,
    enterNetwork: (command, ...args) => ["nsenter", "-t", String(first.pid), "-n", "--", command, ...args],
    run: (command, args, seconds = 60) => {
      const [program, ...rest] = enter(command, ...args);
      return run(program, rest, { seconds });
    },
    startDaemon: async (name, { command, args, ready }) => {
      const [program, ...rest] = enter(command, ...args);
      const spec = {
        server: "node",
        name,
        folder,
        command: program,
        args: rest,
        ready,
        readyWithinSeconds,
        stopSignal: "SIGKILL",
      } as const;
      const daemon = await startProcess(spec);
      daemons.push(daemon);
      return daemon;
    },
    // The first ends the programs, the others are the commands that brought them inside.
    stop: () => stopAll([first, ...daemons]),
  };
}

function programEnvironment(packages: string): string[] {
  const folders = ["usr/local/sbin", "usr/sbin", "usr/bin", "sbin", "bin"].map((folder) => join(packages, folder));
  const triplet = process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
  const libraries = ["usr/lib", "lib"].map((folder) => join(packages, folder, triplet));
  return [
    `PATH=${[...folders, process.env.PATH ?? "", "/usr/sbin:/usr/bin:/sbin:/bin"].join(":")}`,
    `LD_LIBRARY_PATH=${libraries.join(":")}`,
    // Without its modules iptables ends with "Couldn't load match 'comment'".
    `XTABLES_LIBDIR=${join(packages, "usr/lib", triplet, "xtables")}`,
  ];
}
