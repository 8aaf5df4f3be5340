import { describe, expect, it } from "vitest";
import { push, set, unset } from "../mutations/edit";
import { breaksOne, changed, staysFine } from "./broken";
import { judge, withInstead } from "./judge";
import { made } from "./valid/make";

describe("stores", () => {
  breaksOne([
    ["publicAccess", "ACLs may open it", set("blockPublicAcls", false), "s3-public-access-blocked", "blockPublicAcls is not true"],
    [
      "publicAccess",
      "policies may open it",
      unset("restrictPublicBuckets"),
      "s3-public-access-blocked",
      "restrictPublicBuckets is not true",
    ],
    [
      "ownership",
      "writers own",
      set("rule.objectOwnership", "BucketOwnerPreferred"),
      "s3-owner-enforced",
      "its object ownership is not BucketOwnerEnforced",
    ],
    [
      "objectUser",
      "a capability",
      set("spec.capabilities", { users: "read" }),
      "rgw-user-no-capability",
      "spec.capabilities.users is read",
    ],
  ]);
  staysFine([["objectUser", "quotas are no capabilities", set("spec.quotas", { maxBuckets: -1 })]]);
  it("refuses the block that stops uploads on Ceph", () => {
    const provider = { name: "hetzner", props: { endpoints: '[{"s3":"https://fsn1.your-objectstorage.com"}]' } };
    const block = made("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "block", { blockPublicAcls: true }, { provider });
    expect(judge([block]).map(({ rule, says }) => `${rule}: ${says}`)).toEqual(["ceph-no-public-access-block: blockPublicAcls is on"]);
    expect(
      judge([{ ...block, provider: { name: "aws", props: { endpoints: '[{"s3":"https://s3.eu-central-1.amazonaws.com"}]' } } }]),
    ).toEqual([]);
  });
});

describe("keys", () => {
  const extra = (name: string) => push("values.defaults.extraEnvFrom", { secretRef: { name } });
  breaksOne([
    [
      "loki",
      "the claim's Secret",
      extra("ceph-chunks"),
      "workload-not-owners-key",
      "values.defaults.extraEnvFrom[1].secretRef names ceph-chunks: the claim ceph-chunks writes it with the key of the bucket's owner",
    ],
    [
      "loki",
      "the owner's Secret",
      extra("rook-ceph-object-user-store-owner"),
      "workload-not-owners-key",
      "values.defaults.extraEnvFrom[1].secretRef names rook-ceph-object-user-store-owner: it holds the key of owner, who owns the buckets",
    ],
    [
      "tempoStack",
      "the claim's Secret",
      set("spec.storage.secret.name", "ceph-chunks"),
      "workload-not-owners-key",
      "spec.storage.secret.name names ceph-chunks: the claim ceph-chunks writes it with the key of the bucket's owner",
    ],
    [
      "tempoStack",
      "Loki's Secret",
      set("spec.storage.secret.name", "loki-keys"),
      "one-key-one-workload",
      "the Secret loki-keys is also used by loki",
    ],
    [
      "otherExternalSecret",
      "Loki's item",
      set("spec.data.0.remoteRef.key", "loki"),
      "one-key-one-workload",
      "the remote key loki (id) is also used by loki-keys",
    ],
    [
      "owner",
      "the user's key",
      set("spec.keys", [{ accessKeyRef: { name: "loki-user-keys" } }]),
      "one-key-one-workload",
      "the users' key in loki-user-keys is also used by loki-user",
    ],
  ]);
  staysFine([
    [
      "loki",
      "a CA that others read too",
      (props) => {
        extra("store-ca")(props);
      },
    ],
    ["loki", "its own Secret twice", extra("loki-keys")],
  ]);
  it("sees one role in two charts, known or not", () => {
    const annotated = (kind: string, arn: string) =>
      changed(kind, set("values.serviceAccount", { annotations: { "eks.amazonaws.com/role-arn": arn } }));
    const known = withInstead({ loki: annotated("loki", "arn:aws:iam::1:role/a"), tempo: annotated("tempo", "arn:aws:iam::1:role/a") });
    expect(judge(known).map(({ says }) => says)).toEqual(["the role arn:aws:iam::1:role/a is also used by loki"]);
    const refers = { values: ["urn:pulumi:prod::granary::aws:iam/role:Role::shared"] };
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const early = withInstead({
      loki: { ...annotated("loki", unknown), propertyDependencies: refers },
      tempo: { ...annotated("tempo", unknown), propertyDependencies: refers },
    });
    expect(judge(early).filter(({ rule }) => rule === "one-key-one-workload")).toHaveLength(1);
  });
});
