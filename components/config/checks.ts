// Rules that join several parts of the configuration. Each room knows its own; this file only asks them all.
import { bucketSpecs } from "../buckets";
import { collectionProblems } from "../collection/problems";
import { logsProblems } from "../logs/problems";
import { namespaceProblems } from "../namespaces";
import { networkProblems } from "../network/problems";
import { observeProblems } from "../observe/problems";
import { storageChecks } from "../storage/problems";
import { tracesProblems } from "../traces/problems";
import type { Problem } from "./problems";
import { type GranaryConfig, granarySchema } from "./schema";
import type { AnySchema } from "./schema-walk";

type Check = (config: GranaryConfig) => readonly Problem[];

const checks: readonly Check[] = [
  namespaceProblems,
  ...storageChecks(bucketSpecs),
  logsProblems,
  tracesProblems,
  collectionProblems,
  observeProblems,
  networkProblems,
];

class NeedsInvalidPart extends Error {}

/** A check that needs a part which is itself malformed waits until that is mended; the others still speak. */
export function crossProblems(input: Readonly<Record<string, unknown>>, unusable: ReadonlySet<string>): Problem[] {
  const config = usableParts(input, unusable);
  return checks.flatMap((check) => {
    try {
      return [...check(config)];
    } catch (error) {
      if (error instanceof NeedsInvalidPart) return [];
      throw error;
    }
  });
}

function usableParts(input: Readonly<Record<string, unknown>>, unusable: ReadonlySet<string>): GranaryConfig {
  const shape: Readonly<Record<string, AnySchema & { safeParse(value: unknown): { success: boolean; data?: unknown } }>> =
    granarySchema.shape;
  const config = {};
  for (const [key, field] of Object.entries(shape)) {
    const parsed = unusable.has(key) ? undefined : field.safeParse(input[key]);
    Object.defineProperty(config, key, {
      enumerable: true,
      get() {
        if (!parsed?.success) throw new NeedsInvalidPart(key);
        return parsed.data;
      },
    });
  }
  return config as GranaryConfig;
}
