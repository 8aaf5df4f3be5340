import { describe, expect, it } from "vitest";
import { durationHours } from "../../policy/readers/durations";
import type { Resource } from "../../policy/resource";
import { type Edit, replace, set, unset, yaml } from "../mutations/edit";
import { breaksOne, changed, staysFine } from "./broken";
import { judge, valid, withInstead } from "./judge";

const loki = "values.loki.config";

describe("what holds data", () => {
  const holders = ["bucket", "claim", "dynamicBucket", "objectStore", "key"];
  it.each(holders)("protects the %s", (kind) => {
    const resource = valid[kind] as Resource;
    expect(judge(withInstead({ [kind]: { ...resource, protect: false } })).map(({ rule, says }) => `${rule}: ${says}`)).toEqual([
      "data-protected: protect is not set",
    ]);
  });
  const onVolumes = (kind: "loki" | "tempo", edit: Edit) => withInstead({ [kind]: changed(kind, edit) });
  it.each([
    ["loki", yaml(loki, set("schema_config.configs", [{ from: "2024-04-01", store: "tsdb", object_store: "filesystem" }]))],
    ["tempo", yaml("values.config", set("storage.trace", { backend: "local", local: { path: "/var/tempo" } }))],
  ] as const)("protects the namespace of %s where it keeps data on volumes", (kind, edit) => {
    expect(judge(onVolumes(kind, edit)).map(({ rule, says }) => `${rule}: ${says}`)).toEqual(["volumes-protected: protect is not set"]);
    const { namespace } = valid;
    expect(judge([...onVolumes(kind, edit).filter((one) => one !== namespace), { ...namespace, protect: true } as Resource])).toEqual([]);
  });
  it("lets other things go", () => {
    expect(Object.values(valid).filter(({ protect }) => !protect).length).toBeGreaterThan(20);
  });
  breaksOne([
    ["bucket", "emptied first", set("forceDestroy", true), "bucket-no-force-destroy", "forceDestroy is on"],
    ["dynamicBucket", "emptied first", set("forceDestroy", true), "bucket-no-force-destroy", "forceDestroy is on"],
    ["storageClass", "claims delete", set("reclaimPolicy", "Delete"), "bucket-class-retains", "reclaimPolicy is Delete"],
    [
      "storageClass",
      "what claims do is left out",
      unset("reclaimPolicy"),
      "bucket-class-retains",
      "reclaimPolicy is left out, which means Delete",
    ],
    ["objectStore", "pools go too", unset("spec.preservePoolsOnDelete"), "ceph-pools-preserved", "spec.preservePoolsOnDelete is not true"],
    ["key", "gone in a week", set("deletionWindowInDays", 7), "kms-deletion-window", "deletionWindowInDays is 7"],
    ["key", "no lockout check", set("bypassPolicyLockoutSafetyCheck", true), "kms-deletion-window", "bypassPolicyLockoutSafetyCheck is on"],
    ["versioning", "suspended", set("versioningConfiguration.status", "Suspended"), "s3-versioned", "versioning is not enabled"],
  ]);
  staysFine([
    [
      "storageClass",
      "volumes may be deleted with their claims",
      (props) => {
        set("provisioner", "rook-ceph.rbd.csi.ceph.com")(props);
        set("reclaimPolicy", "Delete")(props);
      },
    ],
    ["key", "the window is left to AWS, which waits 30 days", unset("deletionWindowInDays")],
  ]);
});

describe("retention", () => {
  breaksOne([
    [
      "loki",
      "the compactor does not delete",
      yaml(loki, set("compactor.retention_enabled", false)),
      "retention-set",
      "values.loki.config: compactor.retention_enabled is not true, so Loki deletes nothing",
    ],
    [
      "loki",
      "nowhere to note it",
      yaml(loki, unset("compactor.delete_request_store")),
      "retention-set",
      "values.loki.config: compactor.delete_request_store is not set, and Loki does not start without it",
    ],
    [
      "loki",
      "for ever",
      replace(loki, "retention_period: 30d", "retention_period: 0s"),
      "retention-set",
      "values.loki.config: limits_config.retention_period is not set, so Loki keeps everything for ever",
    ],
    ["tempo", "the default", yaml("values.config", unset("compactor")), "retention-set", "values.config: no retention is set"],
    ["tempoStack", "the default", unset("spec.retention"), "retention-set", "spec: no retention is set"],
  ]);
  it.each([
    ["30d", 720],
    ["2h30m", 2.5],
    ["1w", 168],
    [0, 0],
    ["0s", 0],
    ["30 days", undefined],
    ["", undefined],
    [30, undefined],
  ])("reads %s", (written, hours) => {
    expect(durationHours(written)).toBe(hours);
  });
});
