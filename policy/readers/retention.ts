// How long Loki and Tempo themselves keep data, by the configuration that they will read.
import type { Graph } from "../resource";
import { durationHours } from "./durations";
import { bucketNames, type PlacedConfig, type ProgramConfig, programsIn, tempoStackType } from "./programs";
import { at, knownOf, list, objects, peek } from "./values";

export interface Retention {
  /** The longest that any tenant's data lives, delays included. */
  readonly hours: number;
  readonly says: string;
}

/** Loki's own default, where the compactor's delay is not configured. */
const defaultDeleteDelay = 2;
/** Tempo's own default for blocks that compaction has replaced. */
const defaultCompactedRetention = 1;

/** Nothing when retention is off, which `logs-retention-set` refuses. */
export function lokiRetention(config: ProgramConfig): Retention | undefined {
  const periods: number[] = [];
  for (const { fields: holder } of objects(config.value)) {
    for (const key of ["retention_period", "period"]) {
      // `period` counts only where a selector stands beside it: that of an index table is something else.
      if (key === "period" && !("selector" in holder)) continue;
      const hours = durationHours(holder[key]);
      if (hours !== undefined) periods.push(hours);
    }
  }
  const longest = Math.max(0, ...periods);
  if (longest === 0) return undefined;
  const delay = durationHours(at(config.value, "compactor.retention_delete_delay")) ?? defaultDeleteDelay;
  return { hours: longest + delay, says: `Loki keeps ${days(longest)} and deletes ${delay} h later` };
}

export function tempoRetention(config: ProgramConfig): Retention | undefined {
  const kept: number[] = [];
  const compacted: number[] = [];
  for (const { fields: holder } of objects(config.value)) {
    for (const [key, list] of [
      ["block_retention", kept],
      ["compacted_block_retention", compacted],
      ["traces", kept],
      ["retention", kept],
    ] as const) {
      const hours = durationHours(holder[key]);
      if (hours !== undefined) list.push(hours);
    }
  }
  const longest = Math.max(0, ...kept);
  if (longest === 0) return undefined;
  const delay = compacted.length > 0 ? Math.max(...compacted) : defaultCompactedRetention;
  return { hours: longest + delay, says: `Tempo keeps ${days(longest)} and compacted blocks ${delay} h more` };
}

export const days = (hours: number): string => (hours % 24 === 0 ? `${hours / 24} d` : `${hours} h`);

export interface Reader {
  readonly program: "loki" | "tempo";
  readonly config: ProgramConfig;
  readonly retention: Retention | undefined;
  /** Where in the bucket its objects begin; empty or without a slash at the end. */
  readonly prefix: string;
  readonly urn: string;
}

/** Who keeps data in the bucket of this name. */
export function readersOf(graph: Graph, bucket: string): Reader[] {
  return graph.view(readersByBucket).get(bucket) ?? [];
}

function readersByBucket(graph: Graph): ReadonlyMap<string, Reader[]> {
  const found = new Map<string, Reader[]>();
  const overrides = programsIn(graph, "loki").filter(({ config }) => config.path.endsWith("runtimeConfig"));
  for (const placed of programsIn(graph, "loki")) {
    if (!placed.config.path.endsWith("runtimeConfig")) add("loki", placed, withOverrides(placed, overrides));
  }
  for (const placed of programsIn(graph, "tempo")) add("tempo", placed, tempoRetention(placed.config));
  return found;

  function add(program: "loki" | "tempo", { resource, config }: PlacedConfig, retention: Retention | undefined) {
    const names = resource.type === tempoStackType ? secretsBucket(graph, resource.props) : bucketNames(config);
    for (const name of names) {
      const reader = { program, config, retention, prefix: prefixOf(config), urn: resource.urn };
      found.set(name, [...(found.get(name) ?? []), reader]);
    }
  }
}

/** A tenant's own period may be longer than the stack's. */
function withOverrides({ resource, config }: PlacedConfig, overrides: readonly PlacedConfig[]): Retention | undefined {
  const own = lokiRetention(config);
  const tenants = overrides.filter((other) => other.resource.urn === resource.urn).map((other) => lokiRetention(other.config));
  if (!own) return undefined;
  const delay = durationHours(at(config.value, "compactor.retention_delete_delay")) ?? defaultDeleteDelay;
  const longest = Math.max(own.hours - delay, ...tenants.map((tenant) => (tenant ? tenant.hours - defaultDeleteDelay : 0)));
  return { hours: longest + delay, says: `Loki keeps ${days(longest)} and deletes ${delay} h later` };
}

const prefixOf = ({ program, value }: ProgramConfig): string =>
  String(
    (program === "loki" ? at(value, "storage_config.object_store.storage_prefix") : at(value, "storage.trace.s3.prefix")) ?? "",
  ).replace(/\/$/, "");

/** The Tempo operator reads the bucket's name from a Secret. */
function secretsBucket(graph: Graph, props: unknown): string[] {
  const [name, namespace] = [peek(props, "spec.storage.secret.name"), peek(props, "metadata.namespace")];
  return knownOf(graph.ofType("kubernetes:core/v1:Secret"), (secret) => {
    const bucket = at(secret.props, "stringData.bucket");
    const isIt = at(secret.props, "metadata.name") === name && at(secret.props, "metadata.namespace") === namespace;
    return isIt && typeof bucket === "string" ? [bucket] : [];
  });
}

/** Loki's retention settings that must all be there for anything to be deleted. */
export function lokiRetentionFaults(config: ProgramConfig): string[] {
  const { value } = config;
  const faults: string[] = [];
  if (at(value, "compactor.retention_enabled") !== true) faults.push("compactor.retention_enabled is not true, so Loki deletes nothing");
  const period = durationHours(at(value, "limits_config.retention_period"));
  if (period === undefined || period === 0) faults.push("limits_config.retention_period is not set, so Loki keeps everything for ever");
  if (!at(value, "compactor.delete_request_store"))
    faults.push("compactor.delete_request_store is not set, and Loki does not start without it");
  for (const [i, stream] of list(at(value, "limits_config.retention_stream")).entries()) {
    if (durationHours(at(stream, "period")) === undefined) faults.push(`limits_config.retention_stream[${i}].period is no duration`);
  }
  return faults;
}
