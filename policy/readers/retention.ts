// How long Loki and Tempo themselves keep data, tenant by tenant, by the configuration that they will read.
import type { Graph } from "../resource";
import { durationHours } from "./durations";
import { bucketNames, type PlacedConfig, type ProgramConfig, programsIn, tempoStackType } from "./programs";
import { at, knownOf, list, objects, peek } from "./values";

/** Hours, delays not counted. */
interface Period {
  readonly hours: number;
  /** Absent: for everybody who has none of their own. */
  readonly tenant?: string;
}

export interface Retention {
  readonly periods: readonly Period[];
  /** Until what was dropped is gone from the bucket, in hours. */
  readonly delay: number;
  readonly program: "Loki" | "Tempo";
}

/** Loki's own default, where the compactor's delay is not configured. */
const defaultDeleteDelay = 2;
/** Tempo's own default for blocks that compaction has replaced. */
const defaultCompactedRetention = 1;

/** `overrides.shop.retention_period`, `per_tenant_overrides.shop...`, `perTenant.shop.traces`. */
const tenantIn = (path: string): string | undefined => {
  const name = /(?:^|\.)(?:overrides|per_tenant_overrides|perTenant)\.([^.[]+)/.exec(path)?.[1];
  return name === "defaults" ? undefined : name;
};

function periodsIn(config: ProgramConfig, isPeriod: (key: string, holder: object) => boolean): Period[] {
  return [...objects(config.value)].flatMap(({ path, fields: holder }) =>
    Object.entries(holder).flatMap(([key, value]) => {
      const hours = isPeriod(key, holder) ? durationHours(value) : undefined;
      const tenant = tenantIn(path);
      return hours === undefined || hours === 0 ? [] : [{ hours, ...(tenant === undefined ? {} : { tenant }) }];
    }),
  );
}

/** A `period` counts only where a selector stands beside it: that of an index table is something else. */
const isLokiPeriod = (key: string, holder: object): boolean => key === "retention_period" || (key === "period" && "selector" in holder);
const isTempoPeriod = (key: string): boolean => key === "block_retention" || key === "traces" || key === "retention";

/** Nothing when no retention is set, which `retention-set` refuses. */
export function lokiRetention(config: ProgramConfig): Retention | undefined {
  const periods = periodsIn(config, isLokiPeriod);
  const delay = durationHours(at(config.value, "compactor.retention_delete_delay")) ?? defaultDeleteDelay;
  return periods.length === 0 ? undefined : { periods, delay, program: "Loki" };
}

export function tempoRetention(config: ProgramConfig): Retention | undefined {
  const periods = periodsIn(config, isTempoPeriod);
  const compacted = periodsIn(config, (key) => key === "compacted_block_retention").map(({ hours }) => hours);
  return periods.length === 0 ? undefined : { periods, delay: Math.max(...compacted, defaultCompactedRetention), program: "Tempo" };
}

/** The longest that an object under this prefix is needed, delay included. A whole first name is a tenant's; anything less is everybody's. */
export function neededHours({ periods, delay }: Retention, prefix: string): number {
  const tenant = /^([^/]+)\//.exec(prefix)?.[1];
  const own = periods.filter((period) => period.tenant !== undefined && period.tenant === tenant);
  const common = periods.filter((period) => period.tenant === undefined);
  const meant = tenant === undefined ? periods : own.length > 0 ? own : common;
  return Math.max(0, ...(meant.length > 0 ? meant : periods).map(({ hours }) => hours)) + delay;
}

export const days = (hours: number): string => (hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`);

export interface Reader {
  readonly program: "loki" | "tempo";
  readonly retention: Retention | undefined;
  /** Where in the bucket its objects begin: empty, or without a slash at the end. */
  readonly prefix: string;
}

/** Who keeps data in the bucket of this name. */
export const readersOf = (graph: Graph, bucket: string): readonly Reader[] => graph.view(readersByBucket).get(bucket) ?? [];

function readersByBucket(graph: Graph): ReadonlyMap<string, Reader[]> {
  const found = new Map<string, Reader[]>();
  const add = (program: "loki" | "tempo", placed: PlacedConfig, retention: Retention | undefined) => {
    const names = placed.resource.type === tempoStackType ? secretsBucket(graph, placed.resource.props) : bucketNames(placed.config);
    for (const name of names) found.set(name, [...(found.get(name) ?? []), { program, retention, prefix: prefixOf(placed.config) }]);
  };
  for (const placed of programsIn(graph, "loki")) add("loki", placed, withOverrides(graph, placed, lokiRetention(placed.config)));
  for (const placed of programsIn(graph, "tempo")) add("tempo", placed, withOverrides(graph, placed, tempoRetention(placed.config)));
  return found;
}

/** Tenants' own periods may stand in another text of the same release. */
function withOverrides(graph: Graph, { resource, config }: PlacedConfig, own: Retention | undefined): Retention | undefined {
  if (!own) return undefined;
  const read = config.program === "loki" ? lokiRetention : tempoRetention;
  const others = programsIn(graph, config.program).filter((other) => other.resource === resource && other.config !== config);
  return { ...own, periods: [...own.periods, ...others.flatMap((other) => read(other.config)?.periods ?? [])] };
}

const prefixOf = ({ program, value }: ProgramConfig): string => {
  const path = program === "loki" ? "storage_config.object_store.storage_prefix" : "storage.trace.s3.prefix";
  return String(at(value, path) ?? "").replace(/\/$/, "");
};

/** The Tempo operator reads the bucket's name from a Secret, which may be written here or fetched. */
function secretsBucket(graph: Graph, props: unknown): string[] {
  const [name, namespace] = [peek(props, "spec.storage.secret.name"), peek(props, "metadata.namespace")];
  const from = (type: string, namePath: string, bucketPath: string) =>
    knownOf(graph.ofType(type), (secret) => {
      const bucket = at(secret.props, bucketPath);
      const isIt = at(secret.props, namePath) === name && at(secret.props, "metadata.namespace") === namespace;
      return isIt && typeof bucket === "string" ? [bucket] : [];
    });
  return [
    ...from("kubernetes:core/v1:Secret", "metadata.name", "stringData.bucket"),
    ...from("kubernetes:external-secrets.io/v1:ExternalSecret", "spec.target.name", "spec.target.template.data.bucket"),
  ];
}

/** Where a TempoStack's bucket will be named, while that is unknown: then nobody can tell whose lifecycle it is. */
export const hiddenBucket = (graph: Graph): string | undefined =>
  graph
    .ofType(tempoStackType)
    .filter(({ props }) => secretsBucket(graph, props).length === 0)
    .map(({ name }) => `the bucket in the Secret of ${name}`)[0];

/** Loki's retention settings that must all be there for anything to be deleted. */
export function lokiRetentionFaults({ value }: ProgramConfig): string[] {
  const faults: string[] = [];
  if (at(value, "compactor.retention_enabled") !== true) faults.push("compactor.retention_enabled is not true, so Loki deletes nothing");
  const period = durationHours(at(value, "limits_config.retention_period"));
  if (!period) faults.push("limits_config.retention_period is not set, so Loki keeps everything for ever");
  if (!at(value, "compactor.delete_request_store")) {
    faults.push("compactor.delete_request_store is not set, and Loki does not start without it");
  }
  for (const [i, stream] of list(at(value, "limits_config.retention_stream")).entries()) {
    if (durationHours(at(stream, "period")) === undefined) faults.push(`limits_config.retention_stream[${i}].period is no duration`);
  }
  return faults;
}
