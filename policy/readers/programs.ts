// The configuration that Loki, Tempo, Alloy and Grafana will read, found where resources carry it as text.
import type { Graph, Resource } from "../resource";
import { type AlloyText, readAlloy } from "./alloy";
import { chartName, releaseType } from "./charts";
import { at, type Fields, fields, isUnknown, knownOf, NotYetKnown, objects, text } from "./values";
import { readYaml } from "./yaml";

export type Program = "loki" | "tempo" | "datasource";

export interface ProgramConfig {
  readonly program: Program;
  readonly path: string;
  readonly value: Fields;
  readonly problem?: string;
}

export interface AlloyConfig extends AlloyText {
  readonly path: string;
}

export const configMapType = "kubernetes:core/v1:ConfigMap";
export const tempoStackType = "kubernetes:tempo.grafana.com/v1alpha1:TempoStack";
export const datasourceType = "kubernetes:grafana.integreatly.org/v1beta1:GrafanaDatasource";

/** Only these types can carry what this file reads. */
export const carriesPrograms = (type: string): boolean =>
  type === releaseType || type === configMapType || type === tempoStackType || type === datasourceType;

export function* programsOf(resource: Resource): Generator<ProgramConfig> {
  switch (resource.type) {
    case releaseType:
      return yield* fromChart(resource);
    case configMapType:
      return yield* fromConfigMap(resource);
    case tempoStackType:
      return yield { program: "tempo", path: "spec", value: fields(at(resource.props, "spec")) };
    case datasourceType:
      return yield { program: "datasource", path: "spec.datasource", value: fields(at(resource.props, "spec.datasource")) };
  }
}

/** Where charts take configuration, as text or as values that they make text of. */
const chartTexts: Readonly<Record<string, { readonly program: Program; readonly paths: readonly string[] }>> = {
  loki: {
    program: "loki",
    paths: ["loki.config", "loki.structuredConfig", "loki.runtimeConfig", "loki.storage", "loki.storage_config"],
  },
  tempo: { program: "tempo", paths: ["config", "tempo"] },
  "tempo-distributed": { program: "tempo", paths: ["config", "storage", "overrides"] },
  grafana: { program: "datasource", paths: ["datasources"] },
};

function* fromChart(release: Resource): Generator<ProgramConfig> {
  const known = chartTexts[chartName(release)];
  for (const path of known?.paths ?? [])
    yield* configuration(known?.program ?? "loki", `values.${path}`, at(release.props, `values.${path}`));
}

function* fromConfigMap({ props }: Resource): Generator<ProgramConfig> {
  const isDatasource = "grafana_datasource" in fields(at(props, "metadata.labels"));
  for (const [key, written] of Object.entries(fields(at(props, "data")))) {
    const path = `data.${key}`;
    if (isUnknown(written)) {
      if (isDatasource) throw new NotYetKnown(path);
    } else if (isDatasource) yield* configuration("datasource", path, written);
    else if (/\.ya?ml$/.test(key) && typeof written === "string") {
      if (/^schema_config:/m.test(written)) yield* configuration("loki", path, written);
      else if (/^storage:/m.test(written) && /^ +trace:/m.test(written)) yield* configuration("tempo", path, written);
    }
  }
}

function* configuration(program: Program, path: string, written: unknown): Generator<ProgramConfig> {
  if (written === undefined || written === null || written === "") return;
  if (typeof written !== "string") return yield { program, path, value: fields(written) };
  const { value, problem } = readYaml(written);
  yield { program, path, value: fields(value), ...(problem ? { problem } : {}) };
}

/** Alloy's text: in the chart's values, or in a ConfigMap under a key that ends in `.alloy`. */
export function* alloyOf(resource: Resource): Generator<AlloyConfig> {
  if (resource.type === releaseType && chartName(resource) === "alloy") {
    const content = text(at(resource.props, "values.alloy.configMap.content"));
    if (content) yield { path: "values.alloy.configMap.content", ...readAlloy(content) };
  }
  if (resource.type === configMapType) {
    for (const [key, written] of Object.entries(fields(at(resource.props, "data")))) {
      if (!key.endsWith(".alloy")) continue;
      if (isUnknown(written)) throw new NotYetKnown(`data.${key}`);
      yield { path: `data.${key}`, ...readAlloy(String(written)) };
    }
  }
}

export interface PlacedConfig {
  readonly resource: Resource;
  readonly config: ProgramConfig;
}

/** All configurations of one program in the stack. What is not known yet is left out: the rules on the resource itself report it. */
export const programsIn = (graph: Graph, program: Program): readonly PlacedConfig[] =>
  graph.view(allPrograms).filter(({ config }) => config.program === program);

const allPrograms = (graph: Graph): readonly PlacedConfig[] =>
  knownOf(
    graph.resources.filter(({ type }) => carriesPrograms(type)),
    (resource) => [...programsOf(resource)].map((config) => ({ resource, config })),
  );

/** Names of the buckets that a configuration reads or writes, in every way that Loki and Tempo can say it. */
export function bucketNames(config: ProgramConfig): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { fields: holder } of objects(config.value)) {
    for (const key of ["bucket_name", "bucketnames", "bucket"]) {
      const name = text(holder[key]);
      if (name) for (const one of name.split(",")) names.add(one.trim());
    }
    const url = text(holder.s3);
    const inUrl = url?.startsWith("s3://") ? /\/([a-z0-9.-]+)$/.exec(url)?.[1] : undefined;
    if (inUrl) names.add(inUrl);
  }
  return names;
}
