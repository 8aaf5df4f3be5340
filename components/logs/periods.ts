// Loki's schema: from which day on data is laid out how. Data that is written can't be laid out anew, so a period that has begun stays as it is.
import type { Problem } from "../config/problems";
import type { BucketBinding } from "../storage/store";
import type { Plain } from "../text/yaml";
import { storeKind } from "./config/store";
import type { LogsConfig } from "./sizes";
import { release } from "./versions";

export type Period = LogsConfig["schema"][number];

export function schemaConfig(periods: readonly Period[], chunks: BucketBinding): { readonly configs: readonly Plain[] } {
  return {
    configs: periods.map(({ from, store }) => ({
      from,
      index: { period: "24h", prefix: "index_" },
      object_store: store ?? storeKind(chunks),
      schema: "v13",
      store: "tsdb",
    })),
  };
}

/**
 * No clock is read here: a configuration that is right today must be right in a year. Instead each appended period says on which day it was
 * appended, and that day must lie before the one on which it begins.
 */
export function periodProblems(periods: readonly Period[]): Problem[] {
  return periods.flatMap((period, i) => {
    const before = periods[i - 1];
    if (!before) return [];
    const path = `granary:logs.schema[${i}]`;
    if (period.from <= before.from)
      return [
        { path: `${path}.from`, message: `found ${period.from}; periods follow one another, and the one before begins on ${before.from}` },
      ];
    if (!period.added)
      return [{ path: `${path}.added`, message: "is missing: the day on which this period was appended, which lies before its first day" }];
    if (period.added >= period.from)
      return [
        {
          path: `${path}.from`,
          message: `found ${period.from}; a period appended on ${period.added} must begin later, in UTC: data of its day is already being written`,
        },
      ];
    return [];
  });
}

/** What a period fixes for good, by the name of the object that guards it. */
export function periodGuards(periods: readonly Period[], chunks: BucketBinding): ReadonlyMap<string, { readonly [key: string]: string }> {
  return new Map(
    periods.map(({ from, store }) => [
      `${release}-schema-${from}`,
      { from, index: "24h", objectStore: store ?? storeKind(chunks), schema: "v13", store: "tsdb" },
    ]),
  );
}
