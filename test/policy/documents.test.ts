import { describe, expect, it } from "vitest";
import { looseness, readDocument } from "../../policy/readers/documents";
import { readJson } from "../../policy/readers/json";
import { at } from "../../policy/readers/values";
import { json, push, replace, rewrite, set, unset } from "../mutations/edit";
import { changed } from "./broken";
import { judge, withInstead } from "./judge";
import { document, identity } from "./valid/aws";

const toRole = { Principal: { AWS: "arn:aws:iam::123456789012:role/loki" } };

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
