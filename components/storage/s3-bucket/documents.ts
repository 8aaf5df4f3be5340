// Policies and rules as stores write them back: the same in other words.
import type { LifecycleRule } from "@aws-sdk/client-s3";

/** Same content, whatever the order of keys and rules, or the way in which a store writes a prefix back. */
export function sameDocument(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonical(a) === canonical(b);
}

function canonical(text: string): string {
  const value: unknown = JSON.parse(text);
  const rules = (value as { Rules?: LifecycleRule[] }).Rules;
  return JSON.stringify(sorted(rules ? { Rules: rules.map(plainRule).sort((x, y) => (`${x.ID}` < `${y.ID}` ? -1 : 1)) } : value));
}

/** Stores give a rule's prefix back inside a filter or beside it. */
function plainRule({ Filter, Prefix, ...rest }: LifecycleRule): Record<string, unknown> {
  const { Prefix: inFilter, ...filter } = Filter ?? {};
  return { ...rest, ...(Object.keys(filter).length > 0 ? { Filter: filter } : {}), Prefix: inFilter ?? Prefix ?? "" };
}

/** Lists of words are sets in these documents, and some stores write a set of one as the word alone. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.length === 1 ? value[0] : [...value].sort();
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
