import { describe } from "vitest";
import { json, push, replace, set, unset } from "../mutations/edit";
import { breaksOne, staysFine } from "./broken";
import { document, identity } from "./valid/aws";

const allow = (statement: object) =>
  json(
    "policy",
    push("Statement", {
      Sid: "New",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::loki-chunks/*",
      ...statement,
    } as never),
  );
const toRole = { Principal: { AWS: "arn:aws:iam::123456789012:role/loki" } };
const inBucket = (statement: object) => allow({ ...toRole, ...statement });

describe("actions, resources and principals", () => {
  breaksOne([
    ["rolePolicy", "s3:*", json("policy", set("Statement.0.Action", "s3:*")), "access-no-wildcard-action", "policy: Loki allows s3:*"],
    [
      "rolePolicy",
      "a prefix that hides all reads",
      json("policy", set("Statement.0.Action", "s3:Get*")),
      "access-no-wildcard-action",
      "policy: Loki allows s3:get*",
    ],
    [
      "rolePolicy",
      "mixed case",
      json("policy", set("Statement.0.Action", ["S3:gEt*"])),
      "access-no-wildcard-action",
      "policy: Loki allows s3:get*",
    ],
    [
      "rolePolicy",
      "a question mark",
      json("policy", set("Statement.0.Action", "s3:GetObjec?")),
      "access-no-wildcard-action",
      "policy: Loki allows s3:getobjec?",
    ],
    [
      "rolePolicy",
      "a star in escapes",
      replace("policy", "s3:GetObject", "s3:\\u002a"),
      "access-no-wildcard-action",
      "policy: Loki allows s3:*",
    ],
    [
      "rolePolicy",
      "one statement that is no list",
      json("policy", set("Statement", { ...identity, Action: "s3:*" })),
      "access-no-wildcard-action",
      "policy: Loki allows s3:*",
    ],
    [
      "rolePolicy",
      "a document that is an object",
      set("policy", JSON.parse(document({ ...identity, Action: "s3:*" }))),
      "access-no-wildcard-action",
      "policy: Loki allows s3:*",
    ],
    [
      "rolePolicy",
      "every resource",
      json("policy", set("Statement.0.Resource", "*")),
      "access-no-wildcard-resource",
      "policy: Loki allows its actions on *",
    ],
    [
      "rolePolicy",
      "every bucket's objects",
      json("policy", set("Statement.0.Resource.0", "arn:aws:s3:::*/*")),
      "access-no-wildcard-resource",
      "policy: Loki allows its actions on arn:aws:s3:::*/*",
    ],
    [
      "rolePolicy",
      "buckets by prefix",
      json("policy", set("Statement.0.Resource.0", "arn:aws:s3:::loki-*")),
      "access-no-wildcard-resource",
      "policy: Loki allows its actions on arn:aws:s3:::loki-*",
    ],
    [
      "rolePolicy",
      "every key",
      json("policy", set("Statement.0.Resource.0", "arn:aws:kms:eu-central-1:123456789012:key/*")),
      "access-no-wildcard-resource",
      "policy: Loki allows its actions on arn:aws:kms:eu-central-1:123456789012:key/*",
    ],
    [
      "rolePolicy",
      "every account",
      json("policy", set("Statement.0.Resource.0", "arn:aws:kms:eu-central-1:*:key/1234abcd")),
      "access-no-wildcard-resource",
      "policy: Loki allows its actions on arn:aws:kms:eu-central-1:*:key/1234abcd",
    ],
    [
      "rolePolicy",
      "all but",
      json("policy", (d) => {
        set("Statement.0.NotAction", "s3:DeleteBucket")(d);
        unset("Statement.0.Action")(d);
      }),
      "access-no-inverse-allow",
      "policy: Loki allows by NotAction",
    ],
    [
      "bucketPolicy",
      "everyone but",
      allow({ NotPrincipal: toRole.Principal }),
      "access-no-inverse-allow",
      "policy: New allows by NotPrincipal",
    ],
    [
      "bucketPolicy",
      "everyone",
      allow({ Principal: "*" }),
      "access-named-principals",
      'policy: New allows everyone ("*"): no condition on aws:PrincipalArn',
    ],
    [
      "bucketPolicy",
      "everyone as AWS",
      allow({ Principal: { AWS: "*" } }),
      "access-named-principals",
      'policy: New allows everyone ("*"): no condition on aws:PrincipalArn',
    ],
    [
      "bucketPolicy",
      "everyone among others",
      allow({ Principal: { AWS: ["arn:aws:iam::123456789012:role/loki", "*"] } }),
      "access-named-principals",
      'policy: New allows everyone ("*"): no condition on aws:PrincipalArn',
    ],
    [
      "bucketPolicy",
      "everyone by a condition that looks like one",
      allow({ Principal: "*", Condition: { StringLike: { "aws:PrincipalArn": "*" } } }),
      "access-named-principals",
      'policy: New allows everyone ("*"): aws:PrincipalArn may be anything like "*"',
    ],
    [
      "bucketPolicy",
      "everyone without the key",
      allow({ Principal: "*", Condition: { ArnEqualsIfExists: { "aws:PrincipalArn": "arn:aws:iam::1:role/a" } } }),
      "access-named-principals",
      'policy: New allows everyone ("*"): arnequalsifexists is also true where aws:PrincipalArn is absent',
    ],
    [
      "bucketPolicy",
      "everyone but one",
      allow({ Principal: "*", Condition: { StringNotEquals: { "aws:PrincipalArn": "arn:aws:iam::1:role/a" } } }),
      "access-named-principals",
      'policy: New allows everyone ("*"): stringnotequals does not hold aws:PrincipalArn to fixed values',
    ],
    ["bucketPolicy", "nobody named", allow({}), "access-named-principals", "policy: New names no principal"],
    [
      "claim",
      "all users of Ceph",
      json("spec.additionalConfig.bucketPolicy", set("Statement.0.Principal", { AWS: "arn:aws:iam:::user/*" })),
      "access-named-principals",
      'spec.additionalConfig.bucketPolicy: Loki allows everyone ("arn:aws:iam:::user/*"): no condition on aws:PrincipalArn',
    ],
    [
      "key",
      "everyone's key",
      json("policy", push("Statement", { Sid: "New", Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" })),
      "access-named-principals",
      'policy: New allows everyone ("*"): no condition on aws:PrincipalArn',
    ],
    [
      "bucketPolicy",
      "a workload that changes the policy",
      inBucket({ Action: "s3:PutBucketPolicy" }),
      "access-no-bucket-administration",
      "policy: New allows s3:putbucketpolicy",
    ],
    [
      "rolePolicy",
      "a workload that deletes the bucket",
      json("policy", push("Statement.0.Action", "s3:DeleteBucket")),
      "access-no-bucket-administration",
      "policy: Loki allows s3:deletebucket",
    ],
  ]);
  staysFine([
    [
      "bucketPolicy",
      "a Deny by star",
      json(
        "policy",
        push("Statement", {
          Sid: "Old",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
        }),
      ),
    ],
    [
      "bucketPolicy",
      "a Deny by NotPrincipal",
      json(
        "policy",
        push("Statement", { Effect: "Deny", NotPrincipal: toRole.Principal, Action: "s3:*", Resource: "arn:aws:s3:::loki-chunks/*" }),
      ),
    ],
    [
      "bucketPolicy",
      "everyone, held to one role",
      allow({ Principal: "*", Condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/loki" } } }),
    ],
    ["bucketPolicy", "a principal as a string", inBucket({})],
    ["rolePolicy", "all objects of one bucket", json("policy", set("Statement.0.Resource", "arn:aws:s3:::loki-chunks/*"))],
    [
      "rolePolicy",
      "objects by a star in their names",
      json("policy", set("Statement.0.Resource", "arn:aws:s3:::loki-chunks/fake/*/chunk-?")),
    ],
    [
      "rolePolicy",
      "a log group and all its streams",
      json("policy", (d) => {
        set("Statement.0.Action", "logs:PutLogEvents")(d);
        set("Statement.0.Resource", "arn:aws:logs:eu-central-1:123456789012:log-group:/granary/loki:*")(d);
      }),
    ],
    [
      "rolePolicy",
      "an action that has no resource",
      json("policy", (d) => {
        set("Statement.0.Action", "s3:ListAllMyBuckets")(d);
        set("Statement.0.Resource", "*")(d);
      }),
    ],
    ["rolePolicy", "a valid document that is an object", set("policy", JSON.parse(document(identity)))],
    ["rolePolicy", "the same word as a value twice", replace("policy", '"Loki"', '"Sid"')],
  ]);
});
