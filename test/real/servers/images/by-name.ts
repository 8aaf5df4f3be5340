// The image that stands behind a name which a chart uses.
import { onPath } from "../tools/path";
import { alloyImage, lokiImage, nginxImage, seaweedfsImage, standInImage, tempoImage } from "./builders";
import type { Image } from "./image";

interface Builder {
  readonly repository: RegExp;
  readonly build: (name: string) => Image;
}

const builders: readonly Builder[] = [
  { repository: /(^|\/)loki$/, build: lokiImage },
  { repository: /(^|\/)nginx(-unprivileged)?$/, build: nginxImage },
  { repository: /(^|\/)seaweedfs$/, build: seaweedfsImage },
  { repository: /(^|\/)tempo$/, build: orStandIn("GRANARY_TEMPO", "tempo", tempoImage, [":3200"]) },
  { repository: /(^|\/)alloy$/, build: orStandIn("GRANARY_ALLOY", "alloy", alloyImage, [":12345"]) },
  // Reloads Alloy's configuration when its ConfigMap changes.
  { repository: /(^|\/)prometheus-config-reloader$/, build: (name) => standInImage(name, [":9533"]) },
];

/** The version in the name is not looked at: the image holds the program that this machine has. */
export function imageNamed(name: string): Image {
  const [withTag = name, digest] = name.split("@");
  const repository = withTag.replace(/:[^/:]*$/, "");
  const found = builders.find((builder) => builder.repository.test(repository));
  // A container runtime ignores the tag beside a digest, and so looks the image up without it.
  if (found) return found.build(digest === undefined ? name : `${repository}@${digest}`);
  throw new Error(`${name}: no image can be built for it. Known are loki, nginx, nginx-unprivileged, seaweedfs, tempo and alloy.`);
}

/** The program itself, or where this machine lacks it a stand-in that only answers probes. */
function orStandIn(variable: string, command: string, build: (name: string, binary: string) => Image, addresses: readonly string[]) {
  return (name: string): Image => {
    const path = process.env[variable] ?? onPath(command);
    return path ? build(name, path) : standInImage(name, addresses);
  };
}
