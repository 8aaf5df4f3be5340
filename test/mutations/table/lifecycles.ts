// Lifecycle rules that expire too much, too early or too little.
import type { Properties } from "../../../preview/wire/values";
import { both, type Edit, json, push, replace, rewrite, set } from "../edit";
import type { Mutation } from "../harness";
import { types } from "./types";

/** The three dialects in which buckets carry lifecycle rules, and a rule in each. */
interface Dialect {
  readonly type: string;
  readonly stacks?: RegExp;
  add(rule: Rule): Edit;
  edit(edit: Edit): Edit;
}
interface Rule {
  readonly prefix: string;
  readonly days?: number;
  readonly date?: string;
  readonly storageClass?: string;
}

const aws: Dialect = {
  type: types.lifecycle,
  add: ({ prefix, days, date, storageClass }) =>
    push("rules", {
      id: "mutation",
      status: "Enabled",
      filter: { prefix },
      ...(days === undefined && date === undefined
        ? {}
        : { expiration: { ...(days === undefined ? {} : { days }), ...(date === undefined ? {} : { date }) } }),
      ...(storageClass ? { transitions: [{ days: 30, storageClass }] } : {}),
    }),
  edit: (edit) => edit,
};

const s3Rule = ({ prefix, days, date, storageClass }: Rule): Properties => ({
  ID: "mutation",
  Status: "Enabled",
  Filter: { Prefix: prefix },
  ...(days === undefined && date === undefined
    ? {}
    : { Expiration: { ...(days === undefined ? {} : { Days: days }), ...(date === undefined ? {} : { Date: date }) } }),
  ...(storageClass ? { Transitions: [{ Days: 30, StorageClass: storageClass }] } : {}),
});
const text = (type: string, path: string, stacks?: RegExp): Dialect => ({
  type,
  ...(stacks ? { stacks } : {}),
  add: (rule) => json(path, push("Rules", s3Rule(rule))),
  edit: (edit) => json(path, edit),
});
const ceph = text(types.claim, "spec.additionalConfig.bucketLifecycle");
const hetzner = text(types.dynamicBucket, "lifecycle", /hetzner/);
const dialects = [aws, ceph, hetzner];

const onBuckets = (
  rule: string,
  what: string,
  name: RegExp,
  edit: (dialect: Dialect) => Edit,
  only: readonly Dialect[] = dialects,
): Mutation[] =>
  only.map((dialect) => ({
    rule,
    what,
    at: { type: dialect.type, name, ...(dialect.stacks ? { stacks: dialect.stacks } : {}) },
    edit: edit(dialect),
  }));

const chunks = /loki-chunks/;
const traces = /tempo-traces/;

export const lifecycles: readonly Mutation[] = [
  ...onBuckets("lifecycle-spares-loki-index", "expiry has an empty prefix", chunks, ({ add }) => add({ prefix: "", days: 400 })),
  ...onBuckets("lifecycle-spares-loki-index", "expiry meets the index", chunks, ({ add }) => add({ prefix: "index/", days: 400 })),
  ...onBuckets("lifecycle-spares-loki-index", "expiry begins like the index", chunks, ({ add }) => add({ prefix: "i", days: 400 })),
  ...onBuckets("lifecycle-spares-loki-index", "expiry meets one table of the index", chunks, ({ add }) =>
    add({ prefix: "index/index_19", days: 400 }),
  ),
  ...onBuckets("lifecycle-spares-loki-index", "expiry meets the cluster's seed", chunks, ({ add }) => add({ prefix: "loki_", days: 400 })),
  ...onBuckets("lifecycle-spares-loki-index", "expiry on the rules' bucket", /loki-ruler/, ({ add }) =>
    add({ prefix: "rules/", days: 400 }),
  ),
  ...onBuckets("lifecycle-outlives-retention", "chunks expire after a week", chunks, ({ add }) => add({ prefix: "fake/", days: 7 })),
  ...onBuckets("lifecycle-outlives-retention", "chunks expire on the day that Loki would delete them", chunks, ({ add }) =>
    add({ prefix: "fake/", days: 30 }),
  ),
  ...[aws].flatMap((dialect) =>
    onBuckets(
      "lifecycle-outlives-retention",
      "blocks expire after ten days",
      traces,
      ({ add }) => add({ prefix: "single-tenant/", days: 10 }),
      [dialect],
    ),
  ),
  ...onBuckets("lifecycle-readable-class", "objects move to GLACIER", chunks, ({ add }) =>
    add({ prefix: "fake/", storageClass: "GLACIER" }),
  ),
  ...onBuckets("lifecycle-readable-class", "objects move to DEEP_ARCHIVE", traces, ({ add }) =>
    add({ prefix: "single-tenant/", storageClass: "DEEP_ARCHIVE" }),
  ),
  {
    rule: "lifecycle-readable-class",
    what: "objects move to STANDARD_IA too early",
    at: { type: types.lifecycle },
    edit: push("rules", {
      id: "early",
      status: "Enabled",
      filter: { prefix: "fake/" },
      transitions: [{ days: 7, storageClass: "STANDARD_IA" }],
    }),
  },
  ...onBuckets(
    "lifecycle-readable-class",
    "objects move to a class that the store does not have",
    chunks,
    ({ add }) => add({ prefix: "fake/", storageClass: "STANDARD_IA" }),
    [ceph, hetzner],
  ),
  ...onBuckets("lifecycle-readable", "objects expire on a date", chunks, ({ add }) =>
    add({ prefix: "fake/", date: "2027-01-01T00:00:00Z" }),
  ),
  {
    rule: "lifecycle-readable",
    what: "Ceph's lifecycle is broken off",
    at: { type: types.claim },
    edit: rewrite("spec.additionalConfig.bucketLifecycle", (value) => value.slice(0, -2)),
  },
  {
    rule: "lifecycle-readable",
    what: "Ceph's lifecycle gives a key twice",
    at: { type: types.claim },
    edit: replace("spec.additionalConfig.bucketLifecycle", '"Status":"Enabled"', '"Status":"Disabled","Status":"Enabled"'),
  },
  {
    rule: "lifecycle-readable",
    what: "the lifecycle has no rules",
    at: { type: types.dynamicBucket, stacks: /hetzner/ },
    edit: set("lifecycle", "{}"),
  },
  {
    rule: "lifecycle-noncurrent-expiry",
    what: "old versions stay",
    at: { type: types.lifecycle, name: /loki|tempo/, stacks: /^prod$/ },
    edit: rewriteRules((rule) => !("noncurrentVersionExpiration" in rule)),
  },
  {
    rule: "lifecycle-noncurrent-expiry",
    what: "old versions expire under one prefix only",
    at: { type: types.lifecycle, name: /loki|tempo/, stacks: /^prod$/ },
    edit: eachRule((rule) => ("noncurrentVersionExpiration" in rule ? { ...rule, filter: { prefix: "fake/" } } : rule)),
  },
  {
    rule: "lifecycle-noncurrent-expiry",
    what: "the bucket becomes versioned and expires no old version",
    at: { type: types.dynamicBucket, name: chunks, stacks: /hetzner/ },
    edit: both(
      set("versioning", true),
      json("lifecycle", (document) => {
        document.Rules = (document.Rules as Properties[]).filter((rule) => !("NoncurrentVersionExpiration" in rule));
      }),
    ),
  },
  ...onBuckets("lifecycle-aborts-uploads", "unfinished uploads stay", chunks, ({ edit }) => edit(withoutAborts)),
  { rule: "lifecycle-aborts-uploads", what: "the lifecycle is taken away", at: { type: types.lifecycle }, removed: true },
  {
    rule: "s3-one-lifecycle",
    what: "a second lifecycle",
    at: { type: types.lifecycle },
    added: (near) => ({ type: types.lifecycle, name: "another", inputs: near.inputs, propertyDependencies: near.propertyDependencies }),
  },
  {
    rule: "s3-versioned",
    what: "versioning is suspended",
    at: { type: types.versioning, name: /loki|tempo/, stacks: /^prod$/ },
    edit: set("versioningConfiguration.status", "Suspended"),
  },
  {
    rule: "s3-versioned",
    what: "versioning is taken away",
    at: { type: types.versioning, name: /loki|tempo/, stacks: /^prod$/ },
    removed: true,
  },
];

function rewriteRules(keep: (rule: Properties) => boolean): Edit {
  return (props) => {
    props.rules = (props.rules as Properties[]).filter(keep);
  };
}
function eachRule(change: (rule: Properties) => Properties): Edit {
  return (props) => {
    props.rules = (props.rules as Properties[]).map(change);
  };
}
function withoutAborts(document: Properties): void {
  const key = "Rules" in document ? "Rules" : "rules";
  document[key] = (document[key] as Properties[]).filter(
    (rule) => !("AbortIncompleteMultipartUpload" in rule || "abortIncompleteMultipartUpload" in rule),
  );
}
