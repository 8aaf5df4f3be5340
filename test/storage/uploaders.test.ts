import { describe, expect, test } from "vitest";
import { rgwBucketPolicy, rgwUser, seaweedUser } from "../../components/storage/access/rgw";
import { allowsUploads, uploadersOf } from "../../components/storage/s3-bucket/uploaders";
import type { Action } from "../../components/storage/store";

const grant = (name: string, actions: readonly Action[], prefix = "") => ({
  workload: { name, namespace: "observability", serviceAccounts: [name] },
  actions,
  prefix,
});
const grants = [grant("loki", ["read", "write", "list"]), grant("importer", ["write"], "team-a/"), grant("auditor", ["read", "list"])];
const policyFor = (user: (name: string) => string) =>
  JSON.stringify(rgwBucketPolicy({ bucket: "chunks", grants, principalOf: (workload) => [user(workload)], tls: true }));

describe("uploaders of a bucket", () => {
  test("are SeaweedFS's users that its policy allows to write, each with where", () => {
    expect(uploadersOf(policyFor(seaweedUser))).toEqual([
      { user: "importer", resources: ["arn:aws:s3:::chunks/team-a/*"] },
      { user: "loki", resources: ["arn:aws:s3:::chunks/*"] },
    ]);
  });

  test("are none on other stores, or without a policy", () => {
    expect(uploadersOf(policyFor(rgwUser))).toEqual([]);
    expect(uploadersOf(undefined)).toEqual([]);
  });
});

describe("a user's policies allow uploads to a bucket", () => {
  const allows = (Action: string | string[], Resource: string | string[], resource = "arn:aws:s3:::chunks/*", Effect = "Allow") =>
    allowsUploads([JSON.stringify({ Statement: { Effect, Action, Resource } })], resource);

  test.each([
    ["the action on all objects", "s3:PutObject", "arn:aws:s3:::chunks/*"],
    ["as one of several", ["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::other/*", "arn:aws:s3:::chunks/*"]],
    ["as SeaweedFS shows Write:chunks", "s3:Put*", "arn:aws:s3:::chunks"],
    ["as SeaweedFS shows Admin", "s3:*", "*"],
    ["by a pattern of buckets", "s3:PutObject", "arn:aws:s3:::ch*/*"],
  ])("%s", (_how, action, resource) => {
    expect(allows(action, resource)).toBe(true);
  });

  test.each([
    ["another action", "s3:GetObject", "arn:aws:s3:::chunks/*"],
    ["another bucket", "s3:PutObject", "arn:aws:s3:::chunks-old/*"],
    ["a part of the bucket", "s3:PutObject", "arn:aws:s3:::chunks/team-a/*"],
    ["the bucket's name as a pattern of another", "s3:PutObject", "arn:aws:s3:::chunk"],
  ])("but not with %s", (_what, action, resource) => {
    expect(allows(action, resource)).toBe(false);
  });

  test("under a prefix by the whole bucket or the prefix, and never by a Deny", () => {
    const below = "arn:aws:s3:::chunks/team-a/*";
    expect(allows("s3:PutObject", "arn:aws:s3:::chunks/*", below)).toBe(true);
    expect(allows("s3:PutObject", below, below)).toBe(true);
    expect(allows("s3:PutObject", "arn:aws:s3:::chunks/team-b/*", below)).toBe(false);
    expect(allows("s3:PutObject", "*", below, "Deny")).toBe(false);
    expect(allowsUploads([], below)).toBe(false);
  });
});
