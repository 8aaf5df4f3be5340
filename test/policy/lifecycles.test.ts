import { describe, expect, it } from "vitest";
import type { Resource } from "../../policy/resource";
import { json, push, replace, set, unset, yaml } from "../mutations/edit";
import { breaksOne, changed, staysFine } from "./broken";
import { judge, valid, withInstead } from "./judge";

const loki = "values.loki.config";
const expiry = (prefix: string, days: number) => push("rules", { id: "new", status: "Enabled", filter: { prefix }, expiration: { days } });
const moved = (days: number, storageClass: string) =>
  push("rules", { id: "new", status: "Enabled", filter: { prefix: "fake/" }, transitions: [{ days, storageClass }] });
const claimLifecycle = "spec.additionalConfig.bucketLifecycle";

describe("lifecycle", () => {
  breaksOne([
    ["lifecycle", "empty prefix", expiry("", 400), "lifecycle-spares-loki-index", "the rule new with an empty prefix also expires index/"],
    [
      "lifecycle",
      "the index",
      expiry("index/", 400),
      "lifecycle-spares-loki-index",
      "the rule new with the prefix index/ also expires index/",
    ],
    [
      "lifecycle",
      "what begins like the index",
      expiry("in", 400),
      "lifecycle-spares-loki-index",
      "the rule new with the prefix in also expires index/",
    ],
    [
      "lifecycle",
      "one table",
      expiry("index/index_19", 400),
      "lifecycle-spares-loki-index",
      "the rule new with the prefix index/index_19 also expires index/",
    ],
    [
      "lifecycle",
      "rule without a filter",
      push("rules", { id: "new", status: "Enabled", expiration: { days: 400 } }),
      "lifecycle-spares-loki-index",
      "the rule new with an empty prefix also expires index/",
    ],
    [
      "lifecycle",
      "rule with a tag alone",
      push("rules", { id: "new", status: "Enabled", filter: { tag: { key: "a", value: "b" } }, expiration: { days: 400 } }),
      "lifecycle-spares-loki-index",
      "the rule new with an empty prefix also expires index/",
    ],
    [
      "lifecycle",
      "a day too early",
      set("rules.1.expiration.days", 30),
      "lifecycle-outlives-retention",
      "the rule expire expires after 30 d what Loki needs for 30 d 2 h",
    ],
    [
      "loki",
      "a longer retention",
      replace(loki, "retention_period: 30d", "retention_period: 960h"),
      "lifecycle-outlives-retention",
      "the rule expire expires after 40 d what Loki needs for 40 d 2 h",
    ],
    [
      "loki",
      "a longer delay",
      replace(loki, "retention_delete_delay: 2h", "retention_delete_delay: 2w"),
      "lifecycle-outlives-retention",
      "the rule expire expires after 40 d what Loki needs for 44 d",
    ],
    [
      "loki",
      "a stream that is kept longer",
      yaml(loki, set("limits_config.retention_stream", [{ selector: '{app="audit"}', period: "90d" }])),
      "lifecycle-outlives-retention",
      "the rule expire expires after 40 d what Loki needs for 90 d 2 h",
    ],
    [
      "loki",
      "a tenant of that name that keeps longer",
      set("values.loki.runtimeConfig", { overrides: { fake: { retention_period: "90d" } } }),
      "lifecycle-outlives-retention",
      "the rule expire expires after 40 d what Loki needs for 90 d 2 h",
    ],
    [
      "lifecycle",
      "GLACIER",
      moved(60, "GLACIER"),
      "lifecycle-readable-class",
      "the rule new moves objects to GLACIER, which needs a restore",
    ],
    [
      "lifecycle",
      "STANDARD_IA too early",
      moved(10, "STANDARD_IA"),
      "lifecycle-readable-class",
      "the rule new moves objects to STANDARD_IA after 10 d; S3 takes 30 at the least",
    ],
    [
      "claim",
      "a class that Ceph lacks",
      json(
        claimLifecycle,
        push("Rules", { ID: "new", Status: "Enabled", Filter: { Prefix: "a/" }, Transitions: [{ Days: 60, StorageClass: "GLACIER_IR" }] }),
      ),
      "lifecycle-readable-class",
      "the rule new moves objects to GLACIER_IR, which this store does not have",
    ],
    [
      "lifecycle",
      "a date",
      push("rules", { id: "new", status: "Enabled", filter: { prefix: "fake/" }, expiration: { date: "2027-01-01" } }),
      "lifecycle-readable",
      "the rule new expires on the date 2027-01-01, and everything with it",
    ],
    [
      "claim",
      "broken off",
      replace(claimLifecycle, /\}$/, ""),
      "lifecycle-readable",
      expect.stringMatching(/^the lifecycle is not JSON/) as never,
    ],
    [
      "lifecycle",
      "old versions stay",
      unset("rules.2"),
      "lifecycle-noncurrent-expiry",
      "it is versioned, but no rule expires noncurrent versions of every object",
    ],
    [
      "dynamicBucket",
      "versioned, old versions stay",
      set("versioning", true),
      "lifecycle-noncurrent-expiry",
      "it is versioned, but no rule expires noncurrent versions of every object",
    ],
    [
      "lifecycle",
      "uploads stay",
      unset("rules.0"),
      "lifecycle-aborts-uploads",
      "no rule aborts incomplete uploads of every object within 7 days",
    ],
    [
      "lifecycle",
      "uploads stay long",
      set("rules.0.abortIncompleteMultipartUpload.daysAfterInitiation", 30),
      "lifecycle-aborts-uploads",
      "no rule aborts incomplete uploads of every object within 7 days",
    ],
  ]);
  staysFine([
    ["lifecycle", "GLACIER_IR", moved(90, "GLACIER_IR")],
    ["lifecycle", "STANDARD_IA in time", moved(30, "STANDARD_IA")],
    ["lifecycle", "a rule that is off", push("rules", { id: "off", status: "Disabled", filter: { prefix: "" }, expiration: { days: 1 } })],
    [
      "lifecycle",
      "delete markers of the whole bucket",
      push("rules", { id: "markers", status: "Enabled", filter: { prefix: "" }, expiration: { expiredObjectDeleteMarker: true } }),
    ],
    ["lifecycle", "another tenant's objects", expiry("indexers/", 400)],
    [
      "loki",
      "a tenant of another name that keeps longer",
      set("values.loki.runtimeConfig", { overrides: { shop: { retention_period: "90d" } } }),
    ],
    ["loki", "the period of an index table", yaml(loki, set("schema_config.configs.0.index", { prefix: "index_", period: "365d" }))],
  ]);
  it("refuses a second lifecycle", () => {
    const second = { ...(valid.lifecycle as Resource), name: "second", urn: "urn:pulumi:prod::granary::x::second" };
    expect(judge([...Object.values(valid), second]).map(({ rule, says }) => `${rule}: ${says}`)).toEqual([
      "s3-one-lifecycle: 2 resources set its lifecycle configuration: chunks-lifecycle, second",
    ]);
  });
  it("holds a copy to what its source needs", () => {
    const copy = {
      ...(valid.bucket as Resource),
      urn: "urn:pulumi:prod::granary::aws:s3/bucket:Bucket::copy",
      name: "copy",
      props: { bucket: "copy" },
    };
    const rules = [{ id: "expire", status: "Enabled", filter: { prefix: "fake/" }, expiration: { days: 7 } }];
    const lifecycle = {
      ...(valid.lifecycle as Resource),
      urn: "urn:pulumi:prod::granary::x::copy",
      props: { bucket: "copy", rules },
      propertyDependencies: {},
    };
    const found = judge([...Object.values(valid), copy, lifecycle]).filter(({ rule }) => rule === "lifecycle-outlives-retention");
    expect(found).toEqual([
      { rule: "lifecycle-outlives-retention", says: "the rule expire expires after 7 d what Loki needs for 30 d 2 h", urn: copy.urn },
    ]);
  });
  it("joins by name what does not refer", () => {
    const bare = { ...changed("lifecycle", expiry("", 400)), propertyDependencies: {} };
    expect(judge(withInstead({ lifecycle: bare })).map(({ rule }) => rule)).toEqual(["lifecycle-spares-loki-index"]);
  });
  it("counts from where a shared bucket's prefix begins", () => {
    const prefixed = changed("loki", yaml(loki, set("storage_config.object_store.storage_prefix", "logs")));
    const lifecycle = (prefix: string) => changed("lifecycle", set("rules.1.filter.prefix", prefix));
    expect(judge(withInstead({ loki: prefixed, lifecycle: lifecycle("logs/fake/") }))).toEqual([]);
    expect(judge(withInstead({ loki: prefixed, lifecycle: lifecycle("logs/") })).map(({ rule }) => rule)).toEqual([
      "lifecycle-spares-loki-index",
    ]);
  });
});

describe("a TempoStack's bucket, named in a Secret", () => {
  const bucket = {
    ...(valid.bucket as Resource),
    urn: "urn:pulumi:prod::granary::aws:s3/bucket:Bucket::traces",
    name: "traces",
    props: { bucket: "stack-traces" },
  };
  const lifecycle = {
    ...(valid.lifecycle as Resource),
    urn: "urn:pulumi:prod::granary::x::traces",
    props: {
      bucket: "stack-traces",
      rules: [{ id: "expire", status: "Enabled", filter: { prefix: "single-tenant/" }, expiration: { days: 10 } }],
    },
    propertyDependencies: { bucket: [bucket.urn] },
  };
  const about = (resources: readonly Resource[]) =>
    judge([...resources, bucket, lifecycle]).filter(({ says }) => /expires|Secret of/.test(says));
  it("is held to its retention", () => {
    expect(about(Object.values(valid)).map(({ says }) => says)).toEqual([
      "the rule expire expires after 10 d what Tempo needs for 14 d 1 h",
    ]);
  });
  it("is not passed in silence while the Secret is unknown", () => {
    const hidden = changed("otherExternalSecret", set("spec.target.template.data", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"));
    expect(about(withInstead({ otherExternalSecret: hidden })).map(({ rule, says }) => `${rule}: ${says}`)).toEqual([
      "known-after-creation: the bucket in the Secret of tempostack is known only after creation: lifecycle-outlives-retention will judge it in the update",
    ]);
  });
});
