import { describe, expect, test } from "vitest";
import type { BucketInputs } from "../../components/storage/s3-bucket/desired";
import { sameDocument } from "../../components/storage/s3-bucket/documents";
import { provider } from "../../components/storage/s3-bucket/provider";
import { reasonOf } from "../../components/storage/s3-bucket/reasons";

const policy = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const rules = (...list: object[]) => JSON.stringify({ Rules: list });

describe("documents are the same", () => {
  test.each([
    ["in another order of keys", policy({ Sid: "a", Effect: "Allow" }), policy({ Effect: "Allow", Sid: "a" })],
    ["with a set of one as a word", policy({ Action: ["s3:ListBucket"] }), policy({ Action: "s3:ListBucket" })],
    ["with a set in another order", policy({ Action: ["s3:A", "s3:B"] }), policy({ Action: ["s3:B", "s3:A"] })],
    ["with rules in another order", rules({ ID: "a" }, { ID: "b" }), rules({ ID: "b" }, { ID: "a" })],
    ["with a prefix beside the filter", rules({ ID: "a", Filter: { Prefix: "x/" } }), rules({ ID: "a", Prefix: "x/" })],
    ["with an empty prefix left out", rules({ ID: "a", Filter: { Prefix: "" } }), rules({ ID: "a" })],
  ])("%s", (_how, a, b) => {
    expect(sameDocument(a, b)).toBe(true);
  });

  test.each([
    ["another action", policy({ Action: ["s3:A"] }), policy({ Action: ["s3:B"] })],
    ["one action more", policy({ Action: "s3:A" }), policy({ Action: ["s3:A", "s3:B"] })],
    ["another effect", policy({ Effect: "Allow" }), policy({ Effect: "Deny" })],
    ["other days", rules({ ID: "a", Expiration: { Days: 1 } }), rules({ ID: "a", Expiration: { Days: 2 } })],
    ["another prefix", rules({ ID: "a", Filter: { Prefix: "x/" } }), rules({ ID: "a", Filter: { Prefix: "" } })],
    ["none", policy({}), undefined],
  ])("but not with %s", (_how, a, b) => {
    expect(sameDocument(a, b)).toBe(false);
  });
});

describe("a bucket's differences", () => {
  const bucket: BucketInputs = {
    endpoint: "https://fsn1.your-objectstorage.com",
    region: "fsn1",
    pathStyle: true,
    bucket: "granary-loki-chunks",
    versioning: false,
    policy: policy({ Sid: "a" }),
    lifecycle: rules({ ID: "a" }),
    forceDestroy: false,
  };
  const diff = (change: Partial<BucketInputs>) => provider.diff("granary-loki-chunks", bucket, { ...bucket, ...change });

  test("none", async () => expect(await diff({})).toMatchObject({ changes: false, replaces: [] }));

  test.each<[string, Partial<BucketInputs>]>([
    ["versioning", { versioning: true }],
    ["policy", { policy: policy({ Sid: "b" }) }],
    ["lifecycle", { lifecycle: rules({ ID: "b" }) }],
    ["forceDestroy", { forceDestroy: true }],
    ["where Pulumi reaches it", { managementEndpoint: "http://localhost:8333" }],
  ])("%s is changed in place", async (_what, change) => {
    expect(await diff(change)).toMatchObject({ changes: true, replaces: [] });
  });

  test("having been taken over is none", async () =>
    expect(await diff({ takeOver: true })).toMatchObject({ changes: false, replaces: [] }));

  test.each<[string, Partial<BucketInputs>]>([
    ["bucket", { bucket: "other" }],
    ["endpoint", { endpoint: "https://nbg1.your-objectstorage.com" }],
  ])("another %s is another bucket", async (what, change) => {
    expect(await diff(change)).toMatchObject({ changes: true, replaces: [what] });
  });
});

describe("a store's refusal is told with what would help", () => {
  const named = (name: string, message = "UnknownError") => Object.assign(new Error(message), { name });
  test.each([
    [named("AccessDenied"), /^AccessDenied: .*administratorKeyIds/],
    [named("BucketNotEmpty"), /onDestroy: delete-all-data/],
    [named("CredentialsProviderError", "Could not load credentials"), /AWS_ACCESS_KEY_ID/],
    [named("MalformedPolicy", "bad"), /^MalformedPolicy: bad$/],
    [Object.assign(new Error("connect ECONNREFUSED 10.0.0.1:443"), { code: "ECONNREFUSED" }), /^ECONNREFUSED: .*managementEndpoint/],
    [Object.assign(new Error("self-signed certificate"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }), /NODE_EXTRA_CA_CERTS/],
    [named("403"), /^403: the key that Pulumi runs with may not do this/],
    [named("NotImplemented", "A header you provided"), /^NotImplemented: the store lacks this operation; set granary:storage.product/],
    [named("QuotaExceeded"), /^QuotaExceeded: .*raise the quota/],
    [
      Object.assign(new AggregateError([], ""), { code: "ECONNREFUSED" }),
      /^AggregateError: ECONNREFUSED: nothing answers there\. A port-forward ends .*start it again/,
    ],
    [new Error("bucket x exists already"), /^bucket x exists already$/],
  ])("%s", (error, reason) => {
    expect(reasonOf(error)).toMatch(reason);
  });
});

test("without credentials the resource says which ones are missing, and where", async () => {
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _key, ...environment } = process.env;
  const before = process.env;
  process.env = { ...environment, HOME: "/nowhere", AWS_EC2_METADATA_DISABLED: "true" };
  try {
    const inputs = {
      endpoint: "http://127.0.0.1:9",
      region: "us-east-1",
      pathStyle: true,
      bucket: "b",
      versioning: false,
      forceDestroy: false,
    };
    await expect(provider.create(inputs)).rejects.toThrow(
      /could not create bucket b at http:\/\/127\.0\.0\.1:9: CredentialsProviderError: no credentials; set AWS_ACCESS_KEY_ID/,
    );
  } finally {
    process.env = before;
  }
});
