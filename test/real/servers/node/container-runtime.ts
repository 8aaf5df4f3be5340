// containerd with runc, and the images that it is given: it pulls none.

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { type Image, imageArchive, pauseImageName } from "../images";
import { tool } from "../tools/catalogue";
import type { Namespaces } from "./namespaces";
import { writeNetworkConfiguration } from "./pod-network";

export const runtimeSocket = "/run/containerd/containerd.sock";

const unusedPlugins = [
  ...["btrfs", "zfs", "aufs", "devmapper"].map((name) => `io.containerd.snapshotter.v1.${name}`),
  ...["io.containerd.tracing.processor.v1.otlp", "io.containerd.internal.v1.tracing"],
];

const configuration = (packages: string, networks: string, snapshotter: string) => `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
oom_score = 0
disabled_plugins = ${JSON.stringify(unusedPlugins)}
[grpc]
  address = "${runtimeSocket}"
[plugins."io.containerd.grpc.v1.cri"]
  # Without CAP_SYS_RESOURCE a score can't be lowered; runc then ends with "can't get final child's PID from pipe: EOF".
  restrict_oom_score_adj = true
  sandbox_image = "${pauseImageName}"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${join(packages, "usr/lib/cni")}"
    conf_dir = "${networks}"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "${snapshotter}"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        BinaryName = "${join(packages, "usr/bin/runc")}"
        SystemdCgroup = false
`;

export interface ContainerRuntime {
  importImages(images: readonly Image[]): Promise<void>;
}

export async function startContainerRuntime(namespaces: Namespaces, folder: string): Promise<ContainerRuntime> {
  const packages = tool("node-packages");
  const networks = join(folder, "networks");
  mkdirSync(networks);
  writeNetworkConfiguration(networks);
  const snapshotter = await snapshotterFor(namespaces, folder);
  const file = join(folder, "containerd.toml");
  writeFileSync(file, configuration(packages, networks, snapshotter));
  const socket = join(namespaces.root, runtimeSocket);
  await namespaces.startDaemon("containerd", { command: "containerd", args: ["-c", file], ready: () => accepts(socket) });
  const importImages: ContainerRuntime["importImages"] = async (images) => {
    for (const image of images) {
      const archive = await imageArchive(image);
      await namespaces.run("ctr", ["-n", "k8s.io", "images", "import", "--snapshotter", snapshotter, archive], 300);
    }
  };
  return { importImages };
}

/** A folder that is an overlay itself, as in a container, can't be the upper one of another. Then each container gets a copy of its image. */
async function snapshotterFor(namespaces: Namespaces, folder: string): Promise<"overlayfs" | "native"> {
  const at = (name: string) => join(folder, "overlay", name);
  for (const name of ["lower", "upper", "work", "merged"]) mkdirSync(at(name), { recursive: true });
  const options = `lowerdir=${at("lower")},upperdir=${at("upper")},workdir=${at("work")}`;
  try {
    await namespaces.run("mount", ["-t", "overlay", "overlay", "-o", options, at("merged")]);
    await namespaces.run("umount", [at("merged")]);
    return "overlayfs";
  } catch {
    return "native";
  }
}

function accepts(socket: string): Promise<boolean> {
  if (!existsSync(socket)) return Promise.resolve(false);
  return new Promise((done) => {
    const connection = connect(socket, () => connection.end(() => done(true)));
    connection.once("error", () => done(false));
  });
}
