// Helm releases: which chart, and what its values say about images.
import type { Graph, Resource } from "../resource";
import { type Fields, fields, isUnknown, objects, text } from "./values";

export const releaseType = "kubernetes:helm.sh/v3:Release";
export const chartTypes = [releaseType, "kubernetes:helm.sh/v3:Chart", "kubernetes:helm.sh/v4:Chart"] as const;

/** `oci://host/group/loki` and `loki` are the same chart. */
export const chartName = ({ props }: Resource): string => (text(props.chart) ?? "").replace(/\/+$/, "").split("/").at(-1) ?? "";

export const chartValues = ({ props }: Resource): Fields => fields(props.values);

export const releases = (graph: Graph, chart?: string): readonly Resource[] =>
  graph.ofType(releaseType).filter((release) => chart === undefined || chartName(release) === chart);

export interface Image {
  readonly path: string;
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

/** Images that a chart's values set, in the shape that nearly all charts share: registry, repository, tag, digest side by side. */
export function* valueImages(release: Resource): Generator<Image> {
  for (const { path, fields: holder } of objects(chartValues(release), "values")) {
    if (!("repository" in holder) && !("tag" in holder && /image/i.test(path))) continue;
    if ([holder.repository, holder.tag, holder.registry, holder.digest].some(isUnknown)) continue;
    yield {
      path,
      registry: text(holder.registry) ?? "",
      repository: text(holder.repository) ?? "",
      tag: holder.tag === undefined || holder.tag === null ? "" : String(holder.tag),
      digest: text(holder.digest) ?? "",
    };
  }
}

/** `docker.io/grafana/loki:3.7.8@sha256:...` in its parts. The registry is what stands before the first slash and looks like a host. */
export function parseImage(reference: string, path: string): Image {
  const [named = "", digest = ""] = reference.split("@");
  const slash = named.indexOf("/");
  const first = slash < 0 ? "" : named.slice(0, slash);
  const hasRegistry = first.includes(".") || first.includes(":") || first === "localhost";
  const rest = hasRegistry ? named.slice(slash + 1) : named;
  const colon = rest.lastIndexOf(":");
  return {
    path,
    registry: hasRegistry ? first : "docker.io",
    repository: colon < 0 ? rest : rest.slice(0, colon),
    tag: colon < 0 ? "" : rest.slice(colon + 1),
    digest,
  };
}

/** Three numbers or more: 3.7.8, v1.4.2, 1.27.4-alpine. */
export const isImageTag = (tag: string): boolean => /^[a-z]*-?v?\d+\.\d+\.\d+([.+_-][\w.-]+)?$/i.test(tag);
