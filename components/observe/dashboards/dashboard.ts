// What a dashboard is, as plain data; `render.ts` makes Grafana's JSON of it.
import type { CollectionEndpoint } from "../../collection/endpoint";
import type { GranaryConfig } from "../../config/schema";
import type { LogsEndpoint } from "../../logs/endpoint";
import type { TracesEndpoint } from "../../traces/endpoint";
import type { StoreKind } from "../store-kind";

/** What the stack has, and so what its dashboards show. */
export interface Scene {
  readonly logs: LogsEndpoint;
  readonly traces?: TracesEndpoint;
  readonly collection?: CollectionEndpoint;
  readonly store: StoreKind;
  readonly storeNamespace?: string;
  readonly prices: GranaryConfig["observe"]["prices"];
  /** How many bytes each bucket holds, and may hold, as far as somebody can say. */
  readonly buckets: readonly { readonly purpose: string; readonly bytes: string; readonly quota?: number }[];
}

export type Unit =
  | "bytes"
  | "bytes/s"
  | "currency"
  | "fraction"
  | "logs/s"
  | "none"
  | "operations/s"
  | "requests/s"
  | "seconds"
  | "spans/s"
  | "cores";

export interface Query {
  /** PromQL, or LogQL on a panel whose source is `logs`. */
  readonly expression: string;
  /** How its series are called: `{{route}}`. */
  readonly legend?: string;
}

export interface Panel {
  readonly title: string;
  /** What it tells, where the title does not. */
  readonly description?: string;
  readonly kind: "graph" | "lines" | "stat" | "table";
  readonly source: "logs" | "metrics";
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** Of 24 columns. */
  readonly width: number;
  readonly height: number;
  readonly stacked?: boolean;
  /** From where on it is yellow, and red. */
  readonly limits?: { readonly warning: number; readonly critical: number };
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A choice at the top, filled from labels' values. */
export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly source: "logs" | "metrics";
  /** The label, and for metrics the series that carry it. */
  readonly values: { readonly label: string; readonly series?: string };
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly variables?: readonly Variable[];
  readonly rows: readonly Row[];
}

type Some = Partial<Panel>;
const queriesOf = (queries: Query[] | string): readonly Query[] => (typeof queries === "string" ? [{ expression: queries }] : queries);

/** Lines over time; two beside each other. */
export const graph = (title: string, unit: Unit, queries: Query[] | string, more: Some = {}): Panel => ({
  title,
  kind: "graph",
  source: "metrics",
  unit,
  queries: queriesOf(queries),
  width: 12,
  height: 8,
  ...more,
});

/** One number; six beside each other. */
export const stat = (title: string, unit: Unit, expression: string, more: Some = {}): Panel => ({
  ...graph(title, unit, expression),
  kind: "stat",
  width: 4,
  height: 4,
  ...more,
});

export const table = (title: string, unit: Unit, queries: Query[] | string, more: Some = {}): Panel => ({
  ...graph(title, unit, queries, more),
  kind: "table",
});

/** The log lines themselves. */
export const lines = (title: string, expression: string, more: Some = {}): Panel => ({
  ...graph(title, "none", expression),
  kind: "lines",
  source: "logs",
  width: 24,
  height: 10,
  ...more,
});

/** Three quantiles of a classic histogram. */
export const quantiles = (histogram: string, series: string, by = ""): Query[] =>
  [0.5, 0.95, 0.99].map((quantile) => ({
    expression: `histogram_quantile(${quantile}, sum by (le${by ? `, ${by}` : ""}) (rate(${histogram}_bucket{${series}}[$__rate_interval])))`,
    legend: `${by ? `{{${by}}} ` : ""}p${quantile * 100}`,
  }));

export const rate = (counter: string, series: string, by: string): Query[] => [
  { expression: `sum by (${by}) (rate(${counter}{${series}}[$__rate_interval]))`, legend: `{{${by}}}` },
];
