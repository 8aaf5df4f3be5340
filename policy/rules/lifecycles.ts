// Lifecycle rules of the stores against what Loki and Tempo believe they still have.
import { type Bucket, bucketAt, bucketsOf, replicatedFrom } from "../readers/buckets";
import { type LifecycleRule, MalformedLifecycle } from "../readers/lifecycles";
import { days, hiddenBucket, neededHours, type Reader, readersOf } from "../readers/retention";
import { NotYetKnown } from "../readers/values";
import type { Graph, Resource } from "../resource";
import type { StackRule } from "../rule";

const everyBucket = (graph: Graph): Resource[] => bucketsOf(graph).map(({ resource }) => resource);

type About = Omit<StackRule, "scope" | "subjects" | "check">;

/** A rule about enabled lifecycle rules; a document that can't be read is left to `lifecycle-readable`. */
const lifecycleRule = (
  about: About,
  judge: (rules: readonly LifecycleRule[], bucket: Bucket, graph: Graph) => Iterable<string>,
): StackRule => ({
  ...about,
  scope: "stack",
  subjects: everyBucket,
  *check(resource, graph) {
    const bucket = bucketAt(graph, resource);
    if (!bucket) return;
    let rules: readonly LifecycleRule[];
    try {
      rules = bucket.lifecycle();
    } catch (error) {
      if (error instanceof MalformedLifecycle) return;
      throw error;
    }
    yield* judge(
      rules.filter(({ enabled }) => enabled),
      bucket,
      graph,
    );
  },
});

/** Who keeps data in a bucket, or in one that is copied into it. */
const readersOfBucket = (graph: Graph, bucket: Bucket): readonly Reader[] =>
  [bucket, ...replicatedFrom(graph, bucket)].flatMap(({ name }) => (name ? readersOf(graph, name) : []));
const expires = (rule: LifecycleRule): boolean => rule.expirationDays !== undefined || rule.expiresOtherwise !== undefined;

export const lifecycleReadable: StackRule = {
  id: "lifecycle-readable",
  group: "data safety",
  severity: "high",
  level: "mandatory",
  scope: "stack",
  demands: "Lifecycle documents are well-formed and give each key once.",
  reason: "The store may refuse a malformed document, and nothing expires, or read it differently, and too much does.",
  fix: "Write the S3 API's document: an object with a list of Rules.",
  subjects: everyBucket,
  *check(resource, graph) {
    try {
      for (const { label, expiresOtherwise } of bucketAt(graph, resource)?.lifecycle() ?? []) {
        if (expiresOtherwise !== undefined) yield `the rule ${label} expires on the date ${expiresOtherwise}, and everything with it`;
      }
    } catch (error) {
      if (!(error instanceof MalformedLifecycle)) throw error;
      yield error.message;
    }
  },
};

/** Beside chunks, Loki's bucket holds what must never expire. */
const lokiKeeps = ["index/", "loki_cluster_seed.json", "rules/", "markers/", "delete_requests/"];

export const lokiPrefix = lifecycleRule(
  {
    id: "lifecycle-spares-loki-index",
    group: "data safety",
    severity: "critical",
    level: "mandatory",
    demands: "No lifecycle rule on Loki's bucket expires its index, markers, delete requests, rules or cluster seed.",
    reason: "A rule with an empty prefix expires index/ too, and Loki then finds none of the chunks that are still there.",
    fix: "Scope expiry to the tenants' prefixes: fake/ where there is one tenant.",
  },
  function* (rules, bucket, graph) {
    for (const { prefix: base } of readersOfBucket(graph, bucket).filter(({ program }) => program === "loki")) {
      const kept = lokiKeeps.map((path) => (base ? `${base}/${path}` : path));
      for (const rule of rules.filter(expires)) {
        const hit = kept.find((path) => path.startsWith(rule.prefix) || rule.prefix.startsWith(path));
        if (hit) yield `the rule ${rule.label} with ${rule.prefix ? `the prefix ${rule.prefix}` : "an empty prefix"} also expires ${hit}`;
      }
    }
  },
);

export const outlivesRetention = lifecycleRule(
  {
    id: "lifecycle-outlives-retention",
    group: "data safety",
    severity: "critical",
    level: "mandatory",
    demands: "No lifecycle rule expires objects before Loki or Tempo would delete them, delays included.",
    reason: "The bucket would delete what a query still finds in the index: gaps that look like quiet days.",
    fix: "Make the days of the rule longer than the retention plus the delete delay of the program that owns the bucket.",
  },
  function* (rules, bucket, graph) {
    const readers = readersOfBucket(graph, bucket);
    const hidden = graph.view(hiddenBucket);
    if (readers.length === 0 && hidden && rules.some(expires)) throw new NotYetKnown(hidden);
    for (const { retention, prefix: base } of readers) {
      for (const { label, expirationDays, prefix } of rules) {
        if (!retention || expirationDays === undefined) continue;
        const needed = neededHours(retention, base && prefix.startsWith(`${base}/`) ? prefix.slice(base.length + 1) : prefix);
        if (expirationDays * 24 > needed) continue;
        yield `the rule ${label} expires after ${expirationDays} d what ${retention.program} needs for ${days(needed)}`;
      }
    }
  },
);

const withRestore = new Set(["GLACIER", "DEEP_ARCHIVE"]);
const minimumDays: Readonly<Record<string, number>> = { STANDARD_IA: 30, ONEZONE_IA: 30 };

export const readableClasses = lifecycleRule(
  {
    id: "lifecycle-readable-class",
    group: "data safety",
    severity: "high",
    level: "mandatory",
    demands: "Objects are never moved to a class that can't be read at once, nor where the store has no classes.",
    reason: "GLACIER and DEEP_ARCHIVE need a restore: queries over older data fail, and compaction with them.",
    fix: "Use STANDARD_IA after 30 days or GLACIER_IR; on Ceph and at Hetzner only expiry.",
  },
  function* (rules, bucket) {
    for (const { label, transitions } of rules) {
      for (const { days: after, storageClass } of transitions) {
        if (bucket.store !== "aws") yield `the rule ${label} moves objects to ${storageClass}, which this store does not have`;
        else if (withRestore.has(storageClass)) yield `the rule ${label} moves objects to ${storageClass}, which needs a restore`;
        else if (after !== undefined && after < (minimumDays[storageClass] ?? 0))
          yield `the rule ${label} moves objects to ${storageClass} after ${after} d; S3 takes 30 at the least`;
      }
    }
  },
);

export const noncurrentExpire = lifecycleRule(
  {
    id: "lifecycle-noncurrent-expiry",
    group: "data safety",
    severity: "medium",
    level: "mandatory",
    demands: "A versioned bucket expires old versions, in all of it.",
    reason:
      "Loki and Tempo delete all day; without this every deleted chunk stays, is paid for, and outlives the retention that was promised.",
    fix: "Add a rule with an empty prefix and a noncurrent version expiry.",
    names: { fsbp: ["S3.13"] },
  },
  function* (rules, bucket) {
    if (bucket.versioned() && !rules.some(({ noncurrentDays, prefix }) => noncurrentDays !== undefined && prefix === "")) {
      yield "it is versioned, but no rule expires noncurrent versions of every object";
    }
  },
);

export const uploadsAborted = lifecycleRule(
  {
    id: "lifecycle-aborts-uploads",
    group: "data safety",
    severity: "low",
    level: "mandatory",
    demands: "Uploads that were never finished are removed.",
    reason: "Their parts are invisible to every listing and are paid for until somebody looks.",
    fix: "Add a rule with an empty prefix that aborts incomplete uploads after a day or a week.",
    names: { checkov: ["CKV_AWS_300"] },
  },
  function* (rules) {
    if (!rules.some(({ abortDays, prefix }) => abortDays !== undefined && abortDays <= 7 && prefix === "")) {
      yield "no rule aborts incomplete uploads of every object within 7 days";
    }
  },
);

export const oneLifecycle: StackRule = {
  id: "s3-one-lifecycle",
  group: "data safety",
  severity: "high",
  level: "mandatory",
  scope: "stack",
  demands: "A bucket has one lifecycle resource.",
  reason: "S3 keeps one configuration for a bucket: two resources overwrite each other at every update.",
  fix: "Put all rules into one resource.",
  subjects: everyBucket,
  *check(resource, graph) {
    const parts = bucketAt(graph, resource)?.part("lifecycle") ?? [];
    const names = parts.map(({ name }) => name).sort();
    if (parts.length > 1) yield `${parts.length} resources set its lifecycle configuration: ${names.join(", ")}`;
  },
};
