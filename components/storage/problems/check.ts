// The form of the checks in this folder: facts in, problems out.
import { closest, distance } from "fastest-levenshtein";
import type { Problem } from "../../config/problems";
import { problemsBelow } from "../../config/problems-below";
import type { GranaryConfig } from "../../config/schema";
import type { StorageConfig, StorageOf } from "../../config/schema/storage";
import type { BucketSpec } from "../store";

export interface Facts {
  readonly config: GranaryConfig;
  /** The buckets that the stack's programs ask for. */
  readonly specs: readonly BucketSpec[];
}

export type Check = (facts: Facts) => readonly Problem[];

export const { at, when } = problemsBelow("granary:");

/** A check that concerns one kind of store. */
export const forKind =
  <Kind extends StorageConfig["kind"]>(kind: Kind, check: (storage: StorageOf<Kind>, facts: Facts) => readonly Problem[]): Check =>
  (facts) => {
    const { storage } = facts.config;
    return storage.kind === kind ? check(storage as StorageOf<Kind>, facts) : [];
  };

export const purposesOf = ({ specs }: Facts): string[] => specs.map(({ purpose }) => purpose);

/** Every workload that may hold keys: those of the buckets, and those that the configuration adds. */
export function workloadNames({ config, specs }: Facts): string[] {
  const own = specs.flatMap(({ grants }) => grants.map(({ workload }) => workload.name));
  const added = "grants" in config.storage ? config.storage.grants.map(({ workload }) => workload) : [];
  return [...new Set([...own, ...added])].sort();
}

export const programWorkloads = ({ specs }: Facts): ReadonlySet<string> => new Set(specs.map(({ workload }) => workload.name));

/** Names in `found` that are none of `known`. */
export function unknownNames(path: string, found: readonly string[], known: readonly string[], what: string): Problem[] {
  return found
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = known.length > 0 ? closest(name, [...known]) : undefined;
      const hint = near && distance(name, near) <= 3 ? `did you mean ${near}?` : `there are ${known.join(", ")}`;
      return at(`${path}.${name}`, `is no ${what} of this stack; ${hint}`);
    });
}

/** Values that more than one name holds, with those names. */
export function shared<Value>(entries: readonly (readonly [string, Value])[]): { value: Value; names: string[] }[] {
  const holders = new Map<Value, Set<string>>();
  for (const [name, value] of entries) holders.set(value, (holders.get(value) ?? new Set()).add(name));
  return [...holders].filter(([, names]) => names.size > 1).map(([value, names]) => ({ value, names: [...names].sort() }));
}

export const isProduction = ({ config }: Facts): boolean => config.environment === "production" || config.environment === "staging";
