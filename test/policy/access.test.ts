import { describe, expect, it } from "vitest";
import { looseness, readDocument } from "../../policy/readers/documents";
import { readJson } from "../../policy/readers/json";
import { at } from "../../policy/readers/values";
import { json, push, replace, rewrite, set, unset } from "../mutations/edit";
import { breaksOne, changed, staysFine } from "./broken";
import { judge, withInstead } from "./judge";
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

describe("documents that readers disagree on", () => {
  const says = (kind: string, edit: (props: never) => void) =>
    judge(withInstead({ [kind]: changed(kind, edit as never) }))
      .filter(({ rule }) => rule === "access-document-valid")
      .map(({ says: words }) => words);
  it.each([
    ["broken off", rewrite("policy", (text) => text.slice(0, -1)), /^policy is not JSON: /],
    ["empty object", rewrite("policy", () => "{}"), /^policy has Version left out/],
    ["a list", rewrite("policy", (text) => `[${text}]`), /^policy is not a JSON object$/],
    ["a number", rewrite("policy", () => "7"), /^policy is not a JSON object$/],
    [
      "a key twice",
      replace("policy", '"Effect":"Allow"', '"Effect":"Deny","Effect":"Allow"'),
      /^policy has the key "Effect" twice in one object/,
    ],
    [
      "a key twice, once in escapes",
      replace("policy", '"Effect":"Allow"', '"\\u0045ffect":"Deny","Effect":"Allow"'),
      /^policy has the key "Effect" twice/,
    ],
    [
      "a key twice in two cases",
      replace("policy", '"Effect":"Allow"', '"effect":"Deny","Effect":"Allow"'),
      /^policy has the key "Effect" twice/,
    ],
    [
      "an unknown element",
      json("policy", set("Statement.0.Actions", "s3:GetObject")),
      /^policy Loki has the element "Actions", which no statement has$/,
    ],
    ["an effect in small letters", json("policy", set("Statement.0.Effect", "allow")), /^policy Loki has Effect "allow"$/],
    [
      "two ways of naming actions",
      json("policy", set("Statement.0.NotAction", "s3:GetObject")),
      /^policy Loki has both Action and NotAction$/,
    ],
    ["no action", json("policy", unset("Statement.0.Action")), /^policy Loki names no Action$/],
    ["an action that is a number", json("policy", set("Statement.0.Action", [7])), /^policy Loki has Action that is neither/],
    ["an empty list of resources", json("policy", set("Statement.0.Resource", [])), /^policy Loki has Resource that is neither/],
    ["a statement that is a text", json("policy", push("Statement", "Allow")), /^policy statement 2 is not an object$/],
    ["a condition of no form", json("policy", set("Statement.0.Condition", { Bool: "true" })), /^policy Loki has Condition in no form/],
    ["the old version", replace("policy", "2012-10-17", "2008-10-17"), /^policy has Version "2008-10-17"/],
    [
      "longer than an inline policy",
      json("policy", (d) =>
        set(
          "Statement.0.Resource",
          Array.from({ length: 300 }, (_, i) => `arn:aws:s3:::loki-chunks/prefix-number-${i}/*`),
        )(d),
      ),
      /^policy is \d+ characters long; 10240 are the limit$/,
    ],
  ])("%s", (_, edit, expected) => {
    const found = says("rolePolicy", edit);
    expect(found[0]).toMatch(expected);
  });
  it("refuses an object where the store reads text, and reads it all the same", () => {
    const found = judge(
      withInstead({
        claim: changed("claim", (props) =>
          set("spec.additionalConfig.bucketPolicy", JSON.parse(String(at(props, "spec.additionalConfig.bucketPolicy"))))(props),
        ),
      }),
    );
    expect(found.map(({ says: words }) => words)).toEqual([
      "spec.additionalConfig.bucketPolicy is an object where the store reads a JSON string",
    ]);
  });
  it("takes a malformed effect for an Allow", () => {
    const found = judge(
      withInstead({
        rolePolicy: changed(
          "rolePolicy",
          json("policy", (d) => {
            set("Statement.0.Effect", "deny")(d);
            set("Statement.0.Action", "s3:*")(d);
          }),
        ),
      }),
    );
    expect(found.map(({ rule }) => rule)).toEqual(["access-document-valid", "access-no-wildcard-action"]);
  });
  it("counts a bucket's policy in bytes as written and a role's without white space", () => {
    const spaced = `${document(identity)}${" ".repeat(30_000)}`;
    expect(says("rolePolicy", set("policy", spaced))).toEqual([]);
    const bucket = `${document({ ...identity, Principal: toRole.Principal })}${" ".repeat(30_000)}`;
    expect(says("bucketPolicy", set("policy", bucket))[0]).toMatch(/^policy is \d+ characters long; 20480 are the limit$/);
  });
  it("does not crash on anything", () => {
    const odd = [
      "",
      "null",
      "[]",
      "{",
      '{"Statement":null}',
      '{"Statement":[null,[],7]}',
      '{"Statement":{"Principal":7,"Action":{},"Condition":[]}}',
      '{"Version":[],"Statement":[{"Effect":{}}]}',
      "\u0000",
      '"',
      '{"a":1e999}',
    ];
    for (const policy of odd)
      for (const kind of ["rolePolicy", "bucketPolicy", "role", "key"]) {
        const field = kind === "role" ? "assumeRolePolicy" : "policy";
        expect(() => judge([changed(kind, set(field, policy))])).not.toThrow();
      }
    for (const value of [7, true, [], null, { Statement: 7 }])
      expect(() => judge([changed("rolePolicy", set("policy", value as never))])).not.toThrow();
  });
});

describe("trust", () => {
  const trust = (edit: (text: string) => string) => rewrite("assumeRolePolicy", edit);
  const issuer = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";
  const role = "trust-pins-subject-and-audience";
  breaksOne([
    [
      "role",
      "any subject",
      trust((text) => text.replace(/,"[^"]+:sub":"[^"]*"/, "")),
      role,
      `statement 1 lets tokens of ${issuer} in without pinning the subject: no condition on ${issuer}:sub`,
    ],
    [
      "role",
      "any audience",
      trust((text) => text.replace(/"[^"]+:aud":"[^"]*",/, "")),
      role,
      `statement 1 lets tokens of ${issuer} in without pinning the audience: no condition on ${issuer}:aud`,
    ],
    [
      "role",
      "any account of a namespace",
      trust((text) => text.replace("StringEquals", "StringLike").replace(":loki", ":*")),
      role,
      `statement 1 lets tokens of ${issuer} in without pinning the subject: ${issuer}:sub may be anything like "system:serviceaccount:observability:*"`,
    ],
    [
      "role",
      "a person as subject",
      trust((text) => text.replace("system:serviceaccount:observability:loki", "somebody")),
      role,
      "statement 1 pins the subject to somebody, which is no service account",
    ],
    [
      "role",
      "another audience",
      trust((text) => text.replace("sts.amazonaws.com", "example")),
      role,
      "statement 1 takes tokens for the audience example instead of sts.amazonaws.com",
    ],
    [
      "role",
      "everyone",
      json("assumeRolePolicy", push("Statement", { Sid: "Other", Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "*" } })),
      role,
      'Other lets everyone assume the role ("*")',
    ],
    [
      "role",
      "a whole account",
      json(
        "assumeRolePolicy",
        push("Statement", {
          Sid: "Other",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
        }),
      ),
      role,
      "Other lets everyone in account arn:aws:iam::123456789012:root assume the role: no condition on aws:PrincipalArn",
    ],
    [
      "role",
      "a service of nobody",
      json(
        "assumeRolePolicy",
        push("Statement", { Sid: "Other", Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "pods.example.com" } }),
      ),
      role,
      "Other trusts the service pods.example.com, which is none of AWS",
    ],
  ]);
  staysFine([
    [
      "role",
      "Pod Identity",
      set(
        "assumeRolePolicy",
        document({ Effect: "Allow", Principal: { Service: "pods.eks.amazonaws.com" }, Action: ["sts:AssumeRole", "sts:TagSession"] }),
      ),
    ],
    [
      "role",
      "several accounts by name",
      trust((text) =>
        text.replace(
          '"system:serviceaccount:observability:loki"',
          '["system:serviceaccount:observability:loki","system:serviceaccount:observability:loki-read"]',
        ),
      ),
    ],
    [
      "role",
      "an account, held to one role",
      set(
        "assumeRolePolicy",
        document({
          Effect: "Allow",
          Principal: { AWS: "123456789012" },
          Action: "sts:AssumeRole",
          Condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/ci" } },
        }),
      ),
    ],
  ]);
});

describe("conditions", () => {
  const of = (condition: object) =>
    readDocument(JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "a:b", Condition: condition } }))
      .statements[0]?.conditions ?? [];
  it.each([
    [{ StringEquals: { "AWS:principalarn": "a" } }, undefined],
    [{ "ForAnyValue:StringEquals": { "aws:PrincipalArn": ["a", "b"] } }, undefined],
    [{ StringEquals: { "aws:PrincipalArn": ["a", "b*"] } }, 'aws:PrincipalArn may be anything like "b*"'],
    [{ StringEquals: { "aws:PrincipalArn": [] } }, "aws:PrincipalArn is compared with nothing"],
    [
      { "ForAllValues:StringEquals": { "aws:PrincipalArn": "a" } },
      "forallvalues:stringequals is also true where aws:PrincipalArn is absent",
    ],
    [{ Null: { "aws:PrincipalArn": "false" } }, "null does not hold aws:PrincipalArn to fixed values"],
    // Conditions are all asked: one that pins is enough.
    [{ StringLike: { "aws:PrincipalArn": "*" }, StringEquals: { "aws:PrincipalArn": "a" } }, undefined],
  ])("%j", (condition, expected) => {
    expect(looseness(of(condition), "aws:PrincipalArn")).toBe(expected);
  });
});

describe("JSON", () => {
  it.each([
    ['{"a":{"b":1},"c":{"b":2}}', undefined],
    ['{"a":"\\"a\\":","b":[{"a":1},{"a":2}]}', undefined],
    ['{"a":1,"b":{"c":1,"c":2}}', /the key "c" twice/],
    ['{"a" : 1, "A":2}', /the key "A" twice/],
  ])("%s", (text, expected) => {
    const { problem } = readJson(text);
    if (expected) expect(problem).toMatch(expected);
    else expect(problem).toBeUndefined();
  });
});
