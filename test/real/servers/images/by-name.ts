// The image that stands behind a name which a chart uses.
import { onPath } from "../tools/path";
import { alloyImage, lokiImage, nginxImage, seaweedfsImage, tempoImage } from "./builders";
import type { Image } from "./image";

const builders: readonly { readonly repository: RegExp; readonly build: (name: string) => Image }[] = [
  { repository: /(^|\/)loki$/, build: lokiImage },
  { repository: /(^|\/)nginx(-unprivileged)?$/, build: nginxImage },
  { repository: /(^|\/)seaweedfs$/, build: seaweedfsImage },
  { repository: /(^|\/)tempo$/, build: (name) => tempoImage(name, program("GRANARY_TEMPO", "tempo")) },
  { repository: /(^|\/)alloy$/, build: (name) => alloyImage(name, program("GRANARY_ALLOY", "alloy")) },
];

/** The version in the name is not looked at: the image holds the program that this machine has. */
export function imageNamed(name: string): Image {
  const repository = name.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
  const found = builders.find((builder) => builder.repository.test(repository));
  if (found) return found.build(name);
  throw new Error(`${name}: no image can be built for it. Known are loki, nginx, nginx-unprivileged, seaweedfs, tempo and alloy.`);
}

function program(variable: string, command: string): string {
  const path = process.env[variable] ?? onPath(command);
  if (path) return path;
  throw new Error(`${command} is not on this machine: set ${variable} to the path of a static binary`);
}
