// What would lose data, or keep it past its time.
import type { Value } from "../../../preview/wire/values";
import { both, type Edit, set, unset, yaml } from "../edit";
import type { Mutation } from "../harness";
import { loki, notLocal, tempo, types } from "./types";

const holders = [types.bucket, types.claim, types.dynamicBucket, types.objectStore, types.key];
const kept: Mutation[] = [
  ...holders.map(
    (type): Mutation => ({
      rule: "data-protected",
      what: "protection is gone",
      at: { type, stacks: notLocal },
      options: { protect: false },
    }),
  ),
  {
    rule: "volumes-protected",
    what: "protection of the volumes' namespace is gone",
    at: { type: types.namespace, name: /^granary-namespace$/, stacks: /from volumes/ },
    options: { protect: false },
  },
  ...[types.bucket, types.dynamicBucket].map(
    (type): Mutation => ({
      rule: "bucket-no-force-destroy",
      what: "the bucket may be emptied",
      at: { type, stacks: notLocal },
      edit: set("forceDestroy", true),
    }),
  ),
  {
    rule: "bucket-class-retains",
    what: "claims delete their buckets",
    at: { type: types.storageClass },
    edit: set("reclaimPolicy", "Delete"),
  },
  {
    rule: "bucket-class-retains",
    what: "what happens to buckets is left out",
    at: { type: types.storageClass },
    edit: unset("reclaimPolicy"),
  },
  {
    rule: "ceph-pools-preserved",
    what: "pools go with the store",
    at: { type: types.objectStore },
    edit: set("spec.preservePoolsOnDelete", false),
  },
  { rule: "kms-deletion-window", what: "the key is gone after a week", at: { type: types.key }, edit: set("deletionWindowInDays", 7) },
  {
    rule: "kms-deletion-window",
    what: "the key's lockout check is off",
    at: { type: types.key },
    edit: set("bypassPolicyLockoutSafetyCheck", true),
  },
  { rule: "kms-deletion-window", what: "the key is switched off", at: { type: types.key }, edit: set("isEnabled", false) },
];

const config = (path: string, value: Value): Edit => yaml("values.loki.config", set(path, value));
const retention: readonly Mutation[] = [
  { rule: "retention-set", what: "Loki's compactor does not delete", at: loki, edit: config("compactor.retention_enabled", false) },
  { rule: "retention-set", what: "Loki keeps everything for ever", at: loki, edit: config("limits_config.retention_period", "0s") },
  {
    rule: "retention-set",
    what: "Loki's retention is left out",
    at: loki,
    edit: yaml("values.loki.config", unset("limits_config.retention_period")),
  },
  {
    rule: "retention-set",
    what: "Loki has nowhere to note deletions",
    at: loki,
    edit: yaml("values.loki.config", unset("compactor.delete_request_store")),
  },
  {
    rule: "retention-set",
    what: "Tempo's retention is left out",
    at: { ...tempo, stacks: /^(dev|prod|hetzner|local)$/ },
    edit: yaml("values.config", unset("compactor")),
  },
  {
    rule: "retention-set",
    what: "the TempoStack's retention is left out",
    at: { type: types.tempoStack },
    edit: both(unset("spec.retention")),
  },
  {
    rule: "lifecycle-outlives-retention",
    what: "Loki keeps longer than its bucket",
    at: { ...loki, stacks: /^(dev|prod|hetzner)$/ },
    edit: config("limits_config.retention_period", "2400h"),
  },
  {
    rule: "lifecycle-outlives-retention",
    what: "Loki deletes later than its bucket",
    at: { ...loki, stacks: /^(dev|prod|hetzner)$/ },
    edit: config("compactor.retention_delete_delay", "30d"),
  },
  {
    rule: "lifecycle-outlives-retention",
    what: "one stream is kept longer than the bucket",
    at: { ...loki, stacks: /^(dev|prod|hetzner)$/ },
    edit: config("limits_config.retention_stream", [{ selector: '{app="audit"}', priority: 1, period: "365d" }]),
  },
  {
    rule: "lifecycle-outlives-retention",
    what: "one tenant keeps longer than the bucket",
    at: { ...loki, stacks: /by operators/ },
    edit: set("values.loki.runtimeConfig.overrides.bank.retention_period", "90d"),
  },
  {
    rule: "lifecycle-outlives-retention",
    what: "Tempo keeps longer than its bucket",
    at: { ...tempo, stacks: /^(dev|prod|hetzner)$/ },
    edit: yaml("values.config", set("compactor.compaction.block_retention", "1000h")),
  },
  {
    rule: "lifecycle-outlives-retention",
    what: "Tempo keeps compacted blocks longer than its bucket",
    at: { ...tempo, stacks: /^(dev|prod|hetzner)$/ },
    edit: yaml("values.config", set("compactor.compaction.compacted_block_retention", "400h")),
  },
];

export const data = [...kept, ...retention] satisfies readonly Mutation[];
