// What would give somebody more than they need.
import type { Properties, Value } from "../../../preview/wire/values";
import { both, type Edit, json, push, replace, rewrite, set, unset } from "../edit";
import type { Mutation } from "../harness";
import { types } from "./types";

/** Where documents of workloads are, and how a bucket is named there. */
const documents = [
  { type: types.rolePolicy, path: "policy", principal: false },
  { type: types.bucketPolicy, path: "policy", principal: true },
  { type: types.claim, path: "spec.additionalConfig.bucketPolicy", principal: true },
  { type: types.dynamicBucket, path: "policy", principal: true, stacks: /hetzner/ },
] as const;

type Place = (typeof documents)[number];

const user = { AWS: ["arn:aws:iam:::user/somebody"] };
const granted = (place: Place, statement: Properties): Edit =>
  json(
    place.path,
    push("Statement", {
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: ["arn:aws:s3:::a-bucket/*"],
      ...(place.principal ? { Principal: user } : {}),
      ...statement,
    }),
  );

const everywhere = (rule: string, what: string, edit: (place: Place) => Edit, only: (place: Place) => boolean = () => true): Mutation[] =>
  documents
    .filter(only)
    .map((place) => ({ rule, what, at: { type: place.type, ...("stacks" in place ? { stacks: place.stacks } : {}) }, edit: edit(place) }));

const wildcardActions: readonly Value[] = [
  "*",
  "s3:*",
  "s3:Get*",
  "S3:gEt*",
  ["s3:GetObject", "s3:Put*"],
  "s3:*Object",
  "s3:GetObjec?",
  "s3:\u002a",
];
const wildcardResources: readonly Value[] = [
  "*",
  "arn:aws:s3:::*",
  "arn:aws:s3:::*/*",
  "arn:aws:s3:::granary-*/*",
  "arn:aws:s3:::granary-prod-?oki/*",
  "arn:*:s3:::a/*:*",
  ["arn:aws:s3:::a-bucket/*", "arn:aws:s3:::*"],
];
const administration = [
  "s3:PutBucketPolicy",
  "s3:DeleteBucket",
  "s3:PutLifecycleConfiguration",
  "S3:PUTBUCKETVERSIONING",
  "s3:BypassGovernanceRetention",
  "s3:DeleteObjectVersion",
];
const looseConditions: readonly [string, Properties][] = [
  ["with no condition", {}],
  ["where the condition is a wildcard", { StringLike: { "aws:PrincipalArn": "*" } }],
  ["where the condition holds for an absent key", { StringEqualsIfExists: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/loki" } }],
  ["where the condition is negated", { StringNotEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/loki" } }],
  [
    "where the condition is about all of no values",
    { "ForAllValues:StringEquals": { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/loki" } },
  ],
  ["where the condition is every address", { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }],
  ["where the condition is an ARN with a star", { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::*:role/loki" } }],
  ["where the condition is only TLS", { Bool: { "aws:SecureTransport": "true" } }],
];
const everyone: readonly [string, Value][] = [
  ['"*"', "*"],
  ['{"AWS":"*"}', { AWS: "*" }],
  ['{"AWS":["*"]}', { AWS: ["*"] }],
  ["users by wildcard", { AWS: "arn:aws:iam:::user/*" }],
];

const firstLower = (text: string): string => text.replace('"Action"', '"action"');
const twice = (text: string): string =>
  text.replace('"Effect":"Allow"', '"Effect":"Deny","Effect":"Allow"').replace('"Effect":"Deny",', '"Effect":"Allow","Effect":"Deny",');
const hiddenTwice = (text: string): string => text.replace(/"Effect":"(Allow|Deny)"/, '"\\u0045ffect":"Allow","Effect":"$1"');
const long = (place: Place): Edit =>
  json(
    place.path,
    push("Statement", {
      Effect: "Deny",
      Action: "s3:GetObject",
      ...(place.principal ? { Principal: user } : {}),
      Resource: Array.from({ length: 900 }, (_, i) => `arn:aws:s3:::a-bucket/some/long/prefix-${i}/*`),
    }),
  );

const malformed: Mutation[] = [
  ...everywhere("access-document-valid", "the document is broken off", ({ path }) => rewrite(path, (text) => text.slice(0, -3))),
  ...everywhere("access-document-valid", "the document is a list", ({ path }) => rewrite(path, (text) => `[${text}]`)),
  ...everywhere("access-document-valid", "the document is the text null", ({ path }) => rewrite(path, () => "null")),
  ...everywhere("access-document-valid", "an effect is given twice", ({ path }) => rewrite(path, twice)),
  ...everywhere("access-document-valid", "an effect is given twice, once in escapes", ({ path }) => rewrite(path, hiddenTwice)),
  ...everywhere("access-document-valid", "an element is written small", ({ path }) => rewrite(path, firstLower)),
  ...everywhere("access-document-valid", "the version is of 2008", ({ path }) => replace(path, "2012-10-17", "2008-10-17")),
  ...everywhere("access-document-valid", "the version is left out", ({ path }) => json(path, unset("Version"))),
  ...everywhere("access-document-valid", "the statements are left out", ({ path }) => json(path, unset("Statement"))),
  ...everywhere("access-document-valid", "an effect is none", ({ path }) => json(path, set("Statement.0.Effect", "allow"))),
  ...everywhere("access-document-valid", "an action is a number", ({ path }) => json(path, both(set("Statement.0.Action", 7)))),
  ...everywhere("access-document-valid", "a resource list is empty", ({ path }) => json(path, set("Statement.0.Resource", []))),
  ...everywhere("access-document-valid", "a condition is a text", ({ path }) =>
    json(path, set("Statement.0.Condition", "aws:SecureTransport")),
  ),
  ...everywhere("access-document-valid", "the document is longer than the store takes", long),
  ...everywhere(
    "access-document-valid",
    "the document is an object where text belongs",
    ({ path }) =>
      (props) =>
        set(path, JSON.parse(String(read(props, path))))(props),
    ({ type }) => type === types.claim || type === types.dynamicBucket,
  ),
];

/** AWS's provider takes a document as an object, which is judged like any other. */
const asObject: Mutation[] = everywhere(
  "access-no-wildcard-action",
  "a wildcard stands in a document that is an object",
  ({ path }) =>
    set(path, { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::a/*", Principal: user } }),
  ({ type }) => type === types.rolePolicy || type === types.bucketPolicy,
);

const grants: Mutation[] = [
  ...wildcardActions.flatMap((action) =>
    everywhere("access-no-wildcard-action", `an Allow of ${JSON.stringify(action)}`, (place) => granted(place, { Action: action })),
  ),
  ...wildcardResources.flatMap((resource) =>
    everywhere("access-no-wildcard-resource", `an Allow on ${JSON.stringify(resource)}`, (place) => granted(place, { Resource: resource })),
  ),
  ...administration.flatMap((action) =>
    everywhere("access-no-bucket-administration", `an Allow of ${action}`, (place) => granted(place, { Action: action })),
  ),
  ...everywhere("access-no-inverse-allow", "an Allow by NotAction", (place) =>
    json(place.path, push("Statement", { Effect: "Allow", NotAction: "s3:DeleteBucket", Resource: "arn:aws:s3:::a/*", Principal: user })),
  ),
  ...everywhere("access-no-inverse-allow", "an Allow by NotResource", (place) =>
    json(place.path, push("Statement", { Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::a/*", Principal: user })),
  ),
  ...everywhere(
    "access-no-inverse-allow",
    "an Allow by NotPrincipal",
    (place) =>
      json(place.path, push("Statement", { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*", NotPrincipal: user })),
    ({ principal }) => principal,
  ),
  ...everyone.flatMap(([words, principal]) =>
    everywhere(
      "access-named-principals",
      `an Allow for ${words}`,
      (place) => granted(place, { Principal: principal }),
      (place) => place.principal,
    ),
  ),
  ...looseConditions.flatMap(([words, condition]) =>
    everywhere(
      "access-named-principals",
      `an Allow for everyone ${words}`,
      (place) => granted(place, { Principal: "*", Condition: condition }),
      (place) => place.principal,
    ),
  ),
  {
    rule: "access-named-principals",
    what: "the KMS key is for everyone",
    at: { type: types.key },
    edit: json("policy", push("Statement", { Effect: "Allow", Action: "kms:Decrypt", Resource: "*", Principal: "*" })),
  },
  {
    rule: "access-no-wildcard-action",
    what: "a role may do all with the KMS key",
    at: { type: types.key },
    edit: json(
      "policy",
      push("Statement", { Effect: "Allow", Action: "kms:*", Resource: "*", Principal: { AWS: "arn:aws:iam::123456789012:role/loki" } }),
    ),
  },
];

const read = (props: Properties, path: string): Value | undefined =>
  path.split(".").reduce<Value | undefined>((value, step) => (value as Properties)[step], props);

export const access = [...grants, ...malformed, ...asObject] satisfies readonly Mutation[];
