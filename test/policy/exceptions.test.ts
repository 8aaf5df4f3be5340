import { describe, expect, it } from "vitest";
import { policiesOf } from "../../policy/pack";
import type { Resource } from "../../policy/resource";
import { rules } from "../../policy/rules";
import { type Edit, set, unset } from "../mutations/edit";
import { changed } from "./broken";
import { judge, judgeWith, today, valid, withInstead } from "./judge";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const entry = {
  rule: "s3-versioned",
  resource: "urn:pulumi:prod::granary::*::chunks",
  reason: "Costs more than it is worth.",
  owner: "platform",
  until: today,
};
const suspended = withInstead({ versioning: changed("versioning", set("versioningConfiguration.status", "Suspended")) });
const found = (resources: readonly Resource[], ...list: object[]) =>
  judge(resources, { exceptions: { list } }).map(({ rule, says }) => `${rule}: ${says}`);

describe("exceptions", () => {
  it("cover what they name, until the end of their last day", () => {
    expect(found(suspended)).toEqual(["s3-versioned: versioning is not enabled"]);
    expect(found(suspended, entry)).toEqual([]);
  });
  it("cover rules on single resources, too", () => {
    const key = { rule: "kms-key-rotation", resource: "urn:pulumi:prod::*key", reason: "a", owner: "b", until: "2027-01-01" };
    expect(found(withInstead({ key: changed("key", set("enableKeyRotation", false)) }), key)).toEqual([]);
  });
  it("cover no other rule, resource or stack", () => {
    const other = [
      "exceptions-needed: the exception from s3-versioned for urn:pulumi:prod::granary::*::other is not needed: nothing there violates the rule",
    ];
    expect(found(suspended, { ...entry, resource: "urn:pulumi:prod::granary::*::other" })).toEqual([
      "s3-versioned: versioning is not enabled",
      ...other,
    ]);
    expect(found(suspended, { ...entry, resource: "urn:pulumi:dev::granary::*::chunks" })).toEqual([
      "s3-versioned: versioning is not enabled",
    ]);
    // A dot or a plus in a name is no pattern.
    expect(found(suspended, { ...entry, resource: "urn:pulumi:prod::granary::*::chunk." })[0]).toBe(
      "s3-versioned: versioning is not enabled",
    );
  });
  it("end", () => {
    expect(found(suspended, { ...entry, until: "2026-11-20" })).toEqual([
      "s3-versioned: versioning is not enabled",
      "exceptions-needed: the exception from s3-versioned for urn:pulumi:prod::granary::*::chunks ended on 2026-11-20",
    ]);
  });
  it("are violations where nothing needs them", () => {
    expect(found(Object.values(valid), entry)).toEqual([
      "exceptions-needed: the exception from s3-versioned for urn:pulumi:prod::granary::*::chunks is not needed: nothing there violates the rule",
    ]);
  });
  it.each([
    [{ reason: "" }, "exception 1 says no reason"],
    [{ owner: undefined }, "exception 1 says no owner"],
    [{ until: undefined }, "exception 1 says no until"],
    [{ until: "next year" }, "exception 1 ends on next year, which is no date like 2027-03-31"],
    [{ until: "2027-02-30" }, "exception 1 ends on 2027-02-30, which is no date like 2027-03-31"],
    [{ rule: "s3-versionned" }, "exception 1 names the rule s3-versionned, which there is not"],
    [{ resource: "*" }, "exception 1 names every resource"],
    [{ expires: "2027-01-01" }, "exception 1 has the key expires, which none has"],
  ])("must be complete: %j", (change, says) => {
    expect(found(suspended, { ...entry, ...change })).toEqual(["s3-versioned: versioning is not enabled", `exceptions-needed: ${says}`]);
  });
  it("must be objects", () => {
    expect(found(suspended, "all" as never).at(-1)).toBe("exceptions-needed: exception 1 is not an object");
  });
});

describe("one process for several stacks", () => {
  const key = (stack: string, value: unknown): Resource => {
    const made = changed("key", set("enableKeyRotation", value as never));
    return { ...made, urn: made.urn.replace(":prod::", `:${stack}::`) };
  };
  const policies = policiesOf(rules, () => today);
  const list = ["dev", "prod"].map((stack) => ({
    ...entry,
    rule: "kms-key-rotation",
    resource: `urn:pulumi:${stack}::*`,
    until: "2027-01-01",
  }));
  const run = (part: "each" | "stack", resource: Resource) =>
    judgeWith(policies, [resource], { exceptions: { list } }, part).map(({ rule, says }) => `${rule}: ${says}`);
  it("keeps their unknowns and exceptions apart", () => {
    expect(run("each", key("prod", unknown))).toEqual([]);
    expect(run("each", key("dev", false))).toEqual([]);
    expect(run("stack", key("dev", false))).toEqual([]);
    expect(run("stack", key("prod", unknown))).toEqual([
      "known-after-creation: enableKeyRotation is known only after creation: kms-key-rotation will judge it in the update",
      "exceptions-needed: the exception from kms-key-rotation for urn:pulumi:prod::* is not needed: nothing there violates the rule",
    ]);
  });
});

describe("what a preview can't know", () => {
  const later = (rule: string, path: string) =>
    `known-after-creation: ${path} is known only after creation: ${rule} will judge it in the update`;
  const cases: readonly (readonly [kind: string, edit: Edit, notes: readonly (readonly [string, string])[]])[] = [
    [
      "bucketPolicy",
      set("policy", unknown),
      [
        [
          "access-document-valid, access-named-principals, access-no-bucket-administration, access-no-inverse-allow, access-no-wildcard-action, access-no-wildcard-resource",
          "policy",
        ],
        ["bucket-tls-only", "policy"],
      ],
    ],
    ["key", set("enableKeyRotation", unknown), [["kms-key-rotation", "enableKeyRotation"]]],
    [
      "loki",
      set("values.loki.config", unknown),
      [["configuration-readable, object-store-tls, retention-set, secret-not-in-chart-values, telemetry-tls", "values.loki.config"]],
    ],
    [
      "deployment",
      set("spec.template.spec.containers.0.image", unknown),
      [["image-version-pinned, loki-version-uploads-whole, registry-allowed", "spec.template.spec.containers[0].image"]],
    ],
    ["toStore", set("spec.egress", unknown), [["network-egress-narrow", "spec.egress"]]],
    [
      "versioning",
      set("versioningConfiguration.status", unknown),
      [["lifecycle-noncurrent-expiry, s3-versioned", "versioningConfiguration.status"]],
    ],
    [
      "datasources",
      set("data.other", unknown),
      [["configuration-readable, object-store-tls, retention-set, secret-not-in-config-maps, telemetry-tls", "data.other"]],
    ],
  ];
  it.each(cases)("is neither passed nor failed: %s", (kind, edit, expected) => {
    const notes = found(withInstead({ [kind]: changed(kind, edit) }));
    expect(notes.sort()).toEqual(expected.map(([rule, path]) => later(rule, path)).sort());
  });
  it("does not hide what is known to be wrong", () => {
    const both = changed("loki", (props) => {
      set("values.note", unknown)(props);
      set("values.gateway", { password: "correct-horse" })(props);
    });
    expect(found(withInstead({ loki: both }))).toEqual([
      "secret-not-in-chart-values: values.gateway.password holds a literal where a key belongs",
      later("secret-not-in-chart-values", "values.note"),
    ]);
  });
  it("does not stop at the first bucket", () => {
    const encryption = changed("encryption", set("rules.0.bucketKeyEnabled", unknown));
    expect(found(withInstead({ encryption, versioning: undefined }))).toContain("s3-versioned: versioning is not enabled");
  });
  it("takes what is computed from another resource for given", () => {
    expect(
      found(withInstead({ encryption: changed("encryption", set("rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId", unknown)) })),
    ).toEqual([]);
    expect(found(withInstead({ trail: changed("trail", set("kmsKeyId", unknown)) }))).toEqual([]);
  });
  it("is told once", () => {
    const key = changed("key", set("enableKeyRotation", unknown));
    expect(found([key])).toEqual(found([key]));
    expect(found([changed("key", unset("policy"))])).toEqual([]);
  });
});
