// The images that tests run in pods. Where a chart names an image, ours takes that very name.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { tool } from "../tools/catalogue";
import type { Image } from "./image";

const triplet = process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
const loader = process.arch === "arm64" ? "lib/ld-linux-aarch64.so.1" : "lib64/ld-linux-x86-64.so.2";
/** Every user may write to it. */
const temporary = { "/tmp": 0o1777 };

export interface StaticBinary {
  readonly name: string;
  /** The program on this machine; it must need no libraries. */
  readonly binary: string;
  /** Its path in the image. */
  readonly at: string;
  readonly user?: number;
  readonly folders?: Readonly<Record<string, number>>;
}

export const staticBinaryImage = ({ name, binary, at, user, folders }: StaticBinary): Image => ({
  name,
  files: { [at]: binary },
  folders: { ...temporary, ...folders },
  entrypoint: [at],
  ...(user === undefined ? {} : { user }),
});

/** Named in containerd's configuration. */
export const pauseImageName = "granary.test/pause:1";

/** Holds the namespaces of a pod. */
export const pauseImage = (): Image => staticBinaryImage({ name: pauseImageName, binary: tool("pause"), at: "/pause", user: 65535 });

export const corednsImageName = "granary.test/coredns:1";

export const corednsImage = (): Image => staticBinaryImage({ name: corednsImageName, binary: tool("coredns"), at: "/coredns" });

/** A test's client and server; see go/addons/probe. */
export const probeImage = (): Image =>
  staticBinaryImage({ name: "granary.test/probe:1", binary: tool("probe"), at: "/probe", user: 65535 });

/** Answers every request with 200. It replaces a program that this machine lacks, so that a workload's pods become ready. */
export const standInImage = (name: string, addresses: readonly string[]): Image => ({
  ...staticBinaryImage({ name, binary: tool("probe"), at: "/probe", user: 65535 }),
  entrypoint: ["/probe", "stand-in", addresses.join(",")],
});

export const seaweedfsImageName = "granary.test/seaweedfs:4.48";

export const seaweedfsImage = (name = seaweedfsImageName): Image =>
  staticBinaryImage({ name, binary: tool("weed"), at: "/usr/bin/weed", folders: { "/data": 0o777 } });

export const lokiImage = (name: string): Image =>
  staticBinaryImage({ name, binary: tool("loki"), at: "/usr/bin/loki", user: 10001, folders: { "/etc/loki": 0o755, "/var/loki": 0o755 } });

export const tempoImage = (name: string, binary: string): Image =>
  staticBinaryImage({ name, binary, at: "/tempo", user: 10001, folders: { "/var/tempo": 0o777 } });

export const alloyImage = (name: string, binary: string): Image =>
  staticBinaryImage({ name, binary, at: "/bin/alloy", user: 473, folders: { "/etc/alloy": 0o755, "/var/lib/alloy/data": 0o777 } });

export function nginxImage(name: string): Image {
  const root = tool("nginx-libraries");
  const libraries = [`lib/${triplet}`, `usr/lib/${triplet}`].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => /^lib.*\.so\.\d+$/.test(file))
      .map((file) => [`/lib/${triplet}/${file}`, join(root, folder, file)]),
  );
  return {
    name,
    files: { "/usr/sbin/nginx": tool("nginx"), [`/${loader}`]: join(root, loader), ...Object.fromEntries(libraries) },
    folders: { ...temporary, "/etc/nginx": 0o755, "/var/log/nginx": 0o755, "/var/lib/nginx": 0o755 },
    entrypoint: ["/usr/sbin/nginx", "-e", "/dev/stderr", "-g", "daemon off;"],
    user: 101,
  };
}
