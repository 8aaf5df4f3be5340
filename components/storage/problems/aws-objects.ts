// What S3 does with objects by itself: it moves them to other classes, copies them, and keeps them from being deleted.
import type { Problem } from "../../config/problems";
import { wholeDays } from "../../config/units";
import { partitionOf } from "../access/aws";
import { at, type Check, type Facts, forKind, purposesOf, when } from "./check";

const needsRestore: ReadonlySet<string> = new Set(["GLACIER", "DEEP_ARCHIVE"]);
/** Days before the move is allowed, and days that are billed after it whatever happens. */
const minimum: Readonly<Record<string, { before: number; billed: number }>> = {
  STANDARD_IA: { before: 30, billed: 30 },
  INTELLIGENT_TIERING: { before: 0, billed: 30 },
  GLACIER_IR: { before: 0, billed: 90 },
};

const transitions = forKind("aws", ({ transitions, lifecycle }, facts) =>
  transitions.flatMap(({ purpose, to, after }, i): Problem[] => {
    const path = `storage.transitions[${i}]`;
    const spec = facts.specs.find((candidate) => candidate.purpose === purpose);
    if (!spec)
      return [at(`${path}.purpose`, `found ${purpose}, which is no bucket of this stack; there are ${purposesOf(facts).join(", ")}`)];
    if (spec.expiries.length === 0)
      return [at(`${path}.purpose`, `${purpose} is small and never expires; a transition would cost more than it saves`)];
    if (needsRestore.has(to))
      return [
        at(
          `${path}.to`,
          `found ${to}, from which objects must be restored before they are read: queries would fail; allowed are STANDARD_IA, INTELLIGENT_TIERING, GLACIER_IR`,
        ),
      ];
    const { before, billed } = minimum[to] ?? { before: 0, billed: 0 };
    const days = wholeDays(after);
    const kept = Math.min(...spec.expiries.map(({ keepFor }) => wholeDays(lifecycle.expireAfter[purpose] ?? keepFor)));
    const twice = transitions.findIndex((other) => other.purpose === purpose && other.to === to) < i;
    return [
      ...when(twice, path, () => `moves ${purpose} to ${to} a second time; one rule decides`),
      ...when(after.seconds % 86400 !== 0, `${path}.after`, () => "lifecycle rules count in whole days"),
      ...when(days < before, `${path}.after`, () => `found ${days}d; S3 moves nothing to ${to} before ${before}d`),
      ...when(
        days + billed > kept,
        `${path}.after`,
        () =>
          `found ${days}d; ${purpose} is kept for ${kept}d and ${to} is billed for ${billed}d at least, so this would cost more than it saves; at most ${kept - billed}d`,
      ),
    ];
  }),
);

const versioned = ({ config: { storage }, specs }: Facts, purpose: string): boolean => {
  const own = specs.find((spec) => spec.purpose === purpose)?.versioning ?? false;
  return "versioning" in storage ? (storage.versioning ?? own) : own;
};

const replication = forKind("aws", ({ replication, region }, facts) => {
  if (!replication) return [];
  const purposes = replication.purposes ?? purposesOf(facts);
  const unversioned = purposes.filter((purpose) => !versioned(facts, purpose));
  return [
    ...when(
      replication.region === region,
      "storage.replication.region",
      () => `found ${region}, where the buckets are; a copy belongs in another region`,
    ),
    ...when(
      partitionOf(replication.region) !== partitionOf(region),
      "storage.replication.region",
      () => `found ${replication.region}, which is in another partition of AWS than ${region}`,
    ),
    ...purposes.flatMap((purpose, i) =>
      when(
        !purposesOf(facts).includes(purpose),
        `storage.replication.purposes[${i}]`,
        () => `found ${purpose}, which is no bucket of this stack; there are ${purposesOf(facts).join(", ")}`,
      ),
    ),
    ...when(
      unversioned.length > 0,
      "storage.versioning",
      () => `S3 copies versions only, and ${unversioned.join(", ")} would have none; set true`,
    ),
  ];
});

const objectLock = forKind("aws", ({ objectLock, onDestroy, lifecycle }, facts) =>
  objectLock.flatMap(({ purpose, mode, period }, i): Problem[] => {
    const path = `storage.objectLock[${i}]`;
    const spec = facts.specs.find((candidate) => candidate.purpose === purpose);
    if (!spec)
      return [at(`${path}.purpose`, `found ${purpose}, which is no bucket of this stack; there are ${purposesOf(facts).join(", ")}`)];
    const kept = Math.min(...spec.expiries.map(({ keepFor }) => wholeDays(lifecycle.expireAfter[purpose] ?? keepFor)));
    return [
      ...when(
        !versioned(facts, purpose),
        "storage.versioning",
        () => `object lock keeps versions, and ${purpose} would have none; set true`,
      ),
      ...when(
        wholeDays(period) > kept,
        `${path}.period`,
        () => `found ${wholeDays(period)}d, longer than the ${kept}d for which ${purpose} is kept: nothing could be deleted when it is due`,
      ),
      ...when(
        mode === "COMPLIANCE" && onDestroy === "delete-all-data",
        `${path}.mode`,
        () => "found COMPLIANCE, under which nobody can delete, but storage.onDestroy asks for that; choose one",
      ),
    ];
  }),
);

export const awsObjectsChecks: readonly Check[] = [transitions, replication, objectLock];
