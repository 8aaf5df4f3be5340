// What opens a store to those whom nobody named.
import type { Properties } from "../../../preview/wire/values";
import { type Edit, json, push, replace, set, unset } from "../edit";
import type { Mutation } from "../harness";
import { types } from "./types";

const cleanStore: readonly Mutation[] = (
  [
    ["blockPublicAcls", "S3 flag blockPublicAcls is off"],
    ["blockPublicPolicy", "S3 flag blockPublicPolicy is off"],
    ["ignorePublicAcls", "S3 flag ignorePublicAcls is off"],
    ["restrictPublicBuckets", "S3 flag restrictPublicBuckets is off"],
  ] as const
).map(([flag, what]) => ({ rule: "s3-public-access-blocked", what, at: { type: types.publicAccess }, edit: set(flag, false) }));

const hetzner: Properties = { endpoints: JSON.stringify([{ s3: "https://fsn1.your-objectstorage.com" }]), region: "fsn1" };
const block = (flags: Properties) => ({
  type: types.publicAccess,
  name: "a-block",
  inputs: { bucket: "granary-hz-loki-chunks", ...flags },
});

const stores: readonly Mutation[] = [
  ...cleanStore,
  { rule: "s3-public-access-blocked", what: "the public access block is taken away", at: { type: types.publicAccess }, removed: true },
  { rule: "s3-owner-enforced", what: "ownership controls are taken away", at: { type: types.ownership }, removed: true },
  {
    rule: "s3-owner-enforced",
    what: "writers own what they write",
    at: { type: types.ownership },
    edit: set("rule.objectOwnership", "ObjectWriter"),
  },
  {
    rule: "s3-owner-enforced",
    what: "an ACL opens the bucket",
    at: { type: types.bucket },
    added: ({ urn }) => ({
      type: "aws:s3/bucketAcl:BucketAcl",
      name: "an-acl",
      inputs: { acl: "public-read" },
      propertyDependencies: new Map([["bucket", [urn]]]),
    }),
  },
  {
    rule: "ceph-no-public-access-block",
    what: "a public access block at Hetzner",
    at: { type: types.dynamicBucket, stacks: /hetzner/ },
    added: () => block({ blockPublicAcls: true }),
    provider: hetzner,
  },
  {
    rule: "ceph-no-public-access-block",
    what: "a policy block at Hetzner",
    at: { type: types.dynamicBucket, stacks: /hetzner/ },
    added: () => block({ blockPublicPolicy: true }),
    provider: hetzner,
  },
  {
    rule: "rgw-user-no-capability",
    what: "a user may read all users",
    at: { type: types.objectUser },
    edit: set("spec.capabilities", { users: "read" }),
  },
  {
    rule: "rgw-user-no-capability",
    what: "a user may change all buckets",
    at: { type: types.objectUser },
    edit: set("spec.capabilities", { bucket: "*" }),
  },
];

const atHetzner = { type: types.dynamicBucket, stacks: /hetzner/ } as const;
const shut = (what: string, edit: Edit): Mutation => ({ rule: "hetzner-keys-narrowed", what, at: atHetzner, edit });
const projects: readonly Mutation[] = [
  shut("the policy is taken away", unset("policy")),
  shut(
    "a key of the project is named by wildcard",
    json("policy", set("Statement.0.NotPrincipal", { AWS: "arn:aws:iam:::user/p1234567:*" })),
  ),
  shut("other keys may still list", json("policy", set("Statement.0.Action", ["s3:GetObject", "s3:PutObject"]))),
  shut("other keys are shut out of the objects alone", json("policy", unset("Statement.0.Resource.0"))),
  shut("other keys are shut out of another bucket", json("policy", set("Statement.0.Resource", ["arn:aws:s3:::a", "arn:aws:s3:::a/*"]))),
  shut("other keys are shut out at times", json("policy", set("Statement.0.Condition", { Bool: { "aws:SecureTransport": "false" } }))),
];

const endpoint = (what: string, edit: Edit): Mutation => ({ rule: "s3-endpoint-narrow", what, at: { type: types.vpcEndpoint }, edit });
const opened = (statement: Properties) =>
  json("policy", push("Statement", { Effect: "Allow", Principal: "*", Action: "s3:GetObject", ...statement }));

const endpoints: readonly Mutation[] = [
  endpoint("the endpoint's policy is gone", unset("policy")),
  endpoint("who comes to the workloads' buckets is gone", json("policy", unset("Statement.0.Condition"))),
  endpoint("who administers the buckets is gone", json("policy", unset("Statement.1.Condition"))),
  endpoint(
    "who comes is only looked at where it is known",
    replace("policy", '"ArnEquals":{"aws:PrincipalArn"', '"ArnEqualsIfExists":{"aws:PrincipalArn"'),
  ),
  endpoint("who comes is anyone like a star", json("policy", set("Statement.0.Condition", { StringLike: { "aws:PrincipalArn": "*" } }))),
  endpoint("everyone passes to every bucket", opened({ Resource: "*" })),
  endpoint("everyone passes to buckets by prefix", opened({ Resource: "arn:aws:s3:::granary-*/*" })),
  endpoint("everyone passes over TLS", opened({ Resource: "arn:aws:s3:::*/*", Condition: { Bool: { "aws:SecureTransport": "true" } } })),
];

export const storesAndProjects = [...stores, ...projects, ...endpoints] satisfies readonly Mutation[];
