// What concerns every store with buckets: names, grants, clean-up, destruction.
import type { Problem } from "../../config/problems";
import { wholeDays } from "../../config/units";
import { AwsNames } from "../aws/names";
import { bucketNameOf, bucketNameProblem } from "../names";
import { at, type Check, type Facts, isProduction, programWorkloads, purposesOf, unknownNames, when } from "./check";

/** What lies beside the tenants in Loki's bucket and belongs to all of them. */
const besideTenants = ["index"];

function bucketNames({ config: { storage }, specs }: Facts): string[] {
  if (!("bucketPrefix" in storage)) return [];
  const purposes = specs.map(({ purpose }) => purpose);
  if (storage.kind !== "aws") return purposes.map((purpose) => bucketNameOf(storage.bucketPrefix, purpose));
  const names = new AwsNames(storage);
  const { replication } = storage;
  return [
    ...purposes.map((purpose) => names.bucket(purpose)),
    ...(replication ? (replication.purposes ?? purposes).map((purpose) => names.replica(purpose, replication.region)) : []),
    ...names.serviceBuckets,
  ];
}

/** One name is enough to see what is wrong with all of them: the longest. */
const names: Check = (facts) => {
  const wrong = bucketNames(facts).filter((name) => bucketNameProblem(name));
  const [longest] = wrong.sort((a, b) => b.length - a.length);
  return longest ? [at("storage.bucketPrefix", `makes the bucket name ${longest}, which ${bucketNameProblem(longest)}`)] : [];
};

const grants: Check = (facts) => {
  const { storage } = facts.config;
  if (!("grants" in storage)) return [];
  const own = programWorkloads(facts);
  const purposes = purposesOf(facts);
  return storage.grants.flatMap((grant, i) => {
    const path = `storage.grants[${i}]`;
    const first = storage.grants.find(({ workload }) => workload === grant.workload);
    const elsewhere = first && (first.namespace !== grant.namespace || `${first.serviceAccounts}` !== `${grant.serviceAccounts}`);
    return [
      ...(purposes.includes(grant.purpose)
        ? []
        : [at(`${path}.purpose`, `found ${grant.purpose}, which is no bucket of this stack; there are ${purposes.join(", ")}`)]),
      ...when(
        own.has(grant.workload),
        `${path}.workload`,
        () => `${grant.workload} gets what it needs from Granary itself; a grant is for another workload, with keys of its own`,
      ),
      ...when(
        elsewhere === true,
        `${path}.workload`,
        () => `${grant.workload} has another namespace or other service accounts in an earlier grant; one workload has one set of keys`,
      ),
    ];
  });
};

const changes: ReadonlySet<string> = new Set(["write", "delete"]);

/** Two that change the same objects undo each other's work. */
const overlaps: Check = ({ config: { storage, tenants } }) => {
  if (!("grants" in storage)) return [];
  const changing = storage.grants
    .map((grant, i) => ({ ...grant, i }))
    .filter(({ actions }) => actions.some((action) => changes.has(action)));
  return changing.flatMap((grant) => {
    const prefix = grant.prefix ?? "";
    const before = changing.find(
      (other) =>
        other.i < grant.i &&
        other.workload !== grant.workload &&
        other.purpose === grant.purpose &&
        (prefix.startsWith(other.prefix ?? "") || (other.prefix ?? "").startsWith(prefix)),
    );
    const path = `storage.grants[${grant.i}].prefix`;
    if (before)
      return [
        at(
          path,
          `${grant.workload} would change what ${before.workload} changes: ${prefix || "the whole bucket"} overlaps ${before.prefix || "the whole bucket"}`,
        ),
      ];
    if (besideTenants.some((name) => prefix.startsWith(`${name}/`)))
      return [at(path, `${prefix} holds what belongs to all tenants; only the program itself may change it`)];
    const reached = tenants.filter(({ name }) => `${name}/`.startsWith(prefix));
    return when(
      reached.length > 1,
      path,
      () =>
        `${grant.workload} would change objects of ${reached.length} tenants at once; give it one tenant's prefix, such as ${reached[0]?.name}/`,
    );
  });
};

/** Lifecycle rules count in days. */
const wholeDaysOnly: Check = ({ config: { storage } }) => {
  if (!("lifecycle" in storage)) return [];
  const { margin, abortUploadsAfter, noncurrentAfter } = storage.lifecycle;
  return Object.entries({ margin, abortUploadsAfter, noncurrentAfter }).flatMap(([key, value]) =>
    when(
      value.seconds % 86400 !== 0,
      `storage.lifecycle.${key}`,
      () => `found ${value.seconds / 3600} hours; lifecycle rules count in whole days, such as ${wholeDays(value)}d`,
    ),
  );
};

const expireAfter: Check = (facts) => {
  const { storage } = facts.config;
  if (!("lifecycle" in storage)) return [];
  const path = "storage.lifecycle.expireAfter";
  const set = storage.lifecycle.expireAfter;
  const own = facts.specs.flatMap(({ purpose, expiries }): Problem[] => {
    const wanted = set[purpose];
    if (!wanted) return [];
    if (expiries.length === 0) return [at(`${path}.${purpose}`, "what this bucket holds never expires; leave it out")];
    const longest = expiries.reduce((a, b) => (b.keepFor.seconds > a.keepFor.seconds ? b : a));
    return when(
      wanted.seconds <= longest.keepFor.seconds,
      `${path}.${purpose}`,
      () =>
        `found ${wholeDays(wanted)}d, but ${longest.prefix} is kept for ${wholeDays(longest.keepFor)}d with all delays: the store would delete what is still queried; at least ${wholeDays(longest.keepFor) + 1}d`,
    );
  });
  return [...own, ...unknownNames(path, Object.keys(set), purposesOf(facts), "bucket")];
};

const destruction: Check = (facts) =>
  when(
    isProduction(facts) && "onDestroy" in facts.config.storage && facts.config.storage.onDestroy === "delete-all-data",
    "storage.onDestroy",
    () => `found delete-all-data, which a ${facts.config.environment} stack may not say; allowed is keep-all-data`,
  );

const takenOver: Check = (facts) => {
  const { storage } = facts.config;
  const purposes = purposesOf(facts);
  if (!("takeOver" in storage)) return [];
  return storage.takeOver.flatMap((purpose, i) =>
    when(
      !purposes.includes(purpose),
      `storage.takeOver[${i}]`,
      () => `found ${purpose}, which is no bucket of this stack; there are ${purposes.join(", ")}`,
    ),
  );
};

export const commonChecks: readonly Check[] = [names, grants, overlaps, wholeDaysOnly, expireAfter, takenOver, destruction];
