// A container image of one layer, described by its files.
import { posix } from "node:path";
import { contentOfFile, type TarEntry } from "./tar";

export interface Image {
  /** The whole name, as pods and charts use it: `docker.io/grafana/loki:3.7.8`. */
  readonly name: string;
  /** Path in the image -> the file on this machine. A link is followed. */
  readonly files: Readonly<Record<string, string>>;
  /** Folders beside those of the files -> mode. */
  readonly folders?: Readonly<Record<string, number>>;
  readonly entrypoint: readonly string[];
  /** User ID; root unless given. */
  readonly user?: number;
}

/** Folders before what they contain, each once. */
export function layerOf({ files, folders = {} }: Image): TarEntry[] {
  const modes = new Map<string, number>();
  for (const path of [...Object.keys(files).map(posix.dirname), ...Object.keys(folders)])
    for (let folder = path; folder !== "/" && folder !== "."; folder = posix.dirname(folder)) modes.set(folder, folders[folder] ?? 0o755);
  const byPath = <T>([a]: [string, T], [b]: [string, T]) => (a < b ? -1 : 1);
  return [
    ...[...modes].sort(byPath).map(([path, mode]): TarEntry => ({ type: "folder", path, mode })),
    ...Object.entries(files)
      .sort(byPath)
      .map(([path, source]): TarEntry => ({ type: "file", path, mode: 0o755, content: contentOfFile(source) })),
  ];
}

/** The configuration that a container runtime reads: how to start it. */
export function configurationOf(image: Image, layer: string): object {
  return {
    architecture: process.arch === "x64" ? "amd64" : process.arch,
    os: "linux",
    config: {
      Entrypoint: image.entrypoint,
      ...(image.user === undefined ? {} : { User: String(image.user) }),
      Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
      WorkingDir: "/",
    },
    rootfs: { type: "layers", diff_ids: [layer] },
    history: [{ created_by: "granary" }],
  };
}
