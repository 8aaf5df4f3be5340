// What an alert is, and what the definitions beside this file are made from.
import type { CollectionEndpoint } from "../../collection/endpoint";
import type { GranaryConfig } from "../../config/schema";
import type { Duration } from "../../config/units";
import type { LogsEndpoint } from "../../logs/endpoint";
import type { TracesEndpoint } from "../../traces/endpoint";
import type { KnownBucket } from "../buckets";
import type { StoreKind } from "../store-kind";
import type { AlertName } from "./names";

type Thresholds = GranaryConfig["observe"]["alerts"]["thresholds"];

export interface Watched {
  readonly thresholds: Thresholds;
  readonly logs: LogsEndpoint;
  readonly traces?: TracesEndpoint;
  readonly collection?: CollectionEndpoint;
  readonly store: StoreKind;
  /** Where the store itself runs, when it runs in the cluster. */
  readonly storeNamespace?: string;
  /** How Loki keeps its house: what "stalled" is measured against. */
  readonly upkeep: { readonly retention: Duration; readonly compactionInterval: Duration };
  /** Those with a quota. */
  readonly buckets: readonly WatchedBucket[];
}

export type WatchedBucket = Required<KnownBucket>;

export type Severity = "warning" | "critical";

export interface Alert {
  /** Also the name of its runbook in docs/runbooks. */
  readonly name: AlertName;
  readonly severity: Severity;
  readonly expression: string;
  /** How long it must hold before anybody is told. */
  readonly lasting: Duration;
  readonly summary: string;
  readonly description: string;
  /** Tells alerts of one name apart, besides the severity. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface AlertGroup {
  readonly name: string;
  readonly alerts: readonly Alert[];
}

/** One alert at two heights. Where the higher one fires so does the lower, which routing may inhibit. */
export function atLevels<Level>(
  { warning, critical }: { readonly warning: Level; readonly critical: Level },
  make: (level: Level) => Omit<Alert, "severity">,
): Alert[] {
  return [
    { ...make(warning), severity: "warning" },
    { ...make(critical), severity: "critical" },
  ];
}

/**
 * Whether a counter grew within a window. Counters with labels are born with their first event, already at one or more:
 * `increase` sees no growth there, and that event would never be told.
 */
export const grew = (counter: string, series: string, by: string, window: string): string =>
  `sum by (${by}) (increase(${counter}{${series}}[${window}])) > 0` +
  ` or sum by (${by}) (${counter}{${series}} unless ${counter}{${series}} offset ${window}) > 0`;

export const percent = (fraction: number): string => `${Number((fraction * 100).toFixed(2))}%`;

/** How long ago something last succeeded or, when it never did, since when its program has been running. `done` is zero until the first success. */
export const sinceLast = (done: string, series: string): string =>
  `time() - (max(${done}{${series}}) > 0 or max(process_start_time_seconds{${series}} and on (pod) ${done}{${series}}))`;
