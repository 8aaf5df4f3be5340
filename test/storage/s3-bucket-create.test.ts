import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BucketInputs } from "../../components/storage/s3-bucket/desired";
import { provider } from "../../components/storage/s3-bucket/provider";
import { SmallS3 } from "./support/small-s3";

// What becomes of a bucket that exists already, or that the store only half accepts.

const policyFor = (accessKeyId: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", NotPrincipal: { AWS: [`arn:aws:iam:::user/p1234567:${accessKeyId}`] }, Action: "s3:*", Resource: ["*"] }],
  });

let store: SmallS3;
let inputs: BucketInputs;
const before = process.env;

beforeEach(async () => {
  process.env = { ...before, AWS_ACCESS_KEY_ID: "ADMIN", AWS_SECRET_ACCESS_KEY: "secret" };
  store = await SmallS3.start();
  inputs = {
    endpoint: "http://nowhere.svc:8333",
    managementEndpoint: store.endpoint,
    region: "us-east-1",
    pathStyle: true,
    bucket: "granary-loki-chunks",
    versioning: false,
    policy: policyFor("ADMIN"),
    lifecycle: JSON.stringify({ Rules: [{ ID: "a", Status: "Enabled", Filter: { Prefix: "x/" }, Expiration: { Days: 1 } }] }),
    forceDestroy: false,
  };
});
afterEach(() => {
  store.stop();
  process.env = before;
});

const refused = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => undefined,
    (reason) => reason,
  );
  return error as Error & { id?: string; properties?: object; reasons?: string[] };
};

test("a new bucket gets its rules and its policy", async () => {
  expect(await provider.create(inputs)).toEqual({ id: inputs.bucket, outs: inputs });
  expect([...(store.bucket ?? [])].map(([part]) => part)).toEqual(["lifecycle", "policy"]);
});

describe("a bucket that is there, but not finished", () => {
  test.each(["lifecycle", "policy"])("is told of with all that Pulumi keeps in its state when the %s is refused", async (part) => {
    store.refuses = part;
    const error = await refused(provider.create(inputs));
    const operation = { lifecycle: "PutBucketLifecycleConfiguration", policy: "PutBucketPolicy" }[part];
    const what = `bucket granary-loki-chunks at ${store.endpoint} is there, but not finished`;
    expect(error.message).toBe(`${what}: MalformedPolicy on ${operation}`);
    expect(error).toMatchObject({ id: inputs.bucket, properties: inputs, reasons: [error.message] });
  });

  test("is finished by the next update", async () => {
    store.refuses = "policy";
    await refused(provider.create(inputs));
    expect(await provider.update(inputs.bucket, inputs, inputs)).toEqual({ outs: inputs });
    expect(store.bucket?.get("policy")).toBe(inputs.policy);
  });

  test("gets no policy that would lock out the key in use", async () => {
    const error = await refused(provider.create({ ...inputs, policy: policyFor("OTHER") }));
    expect(error.message).toMatch(/deny everything to ADMIN, .*granary:storage.administratorKeyIds/);
    expect(error.id).toBe(inputs.bucket);
    expect([...(store.bucket ?? [])]).toEqual([]);
  });

  test("but one that was never made is not in the state", async () => {
    store.stop();
    expect(await refused(provider.create(inputs))).not.toHaveProperty("id");
  });
});

describe("a store that answers reads and denies writes", () => {
  beforeEach(() => {
    store.isReadOnly = true;
  });

  test("says which operation it denied for a new bucket, and that is not in the state", async () => {
    const error = await refused(provider.create(inputs));
    expect(error.message).toMatch(
      /^could not create bucket granary-loki-chunks at \S+: AccessDenied on CreateBucket: the key that Pulumi runs with may not do this; use a key that may create buckets/,
    );
    expect(error).not.toHaveProperty("id");
  });

  test("says which operation it denied for one that exists", async () => {
    store.bucket = new Map();
    expect((await refused(provider.create({ ...inputs, takeOver: true }))).message).toContain("AccessDenied on PutObject");
    expect((await refused(provider.update(inputs.bucket, inputs, inputs))).message).toContain("could not update bucket");
  });
});

test("where nothing answers, the message names the setting for the way in", async () => {
  store.stop();
  expect((await refused(provider.create(inputs))).message).toMatch(
    /ECONNREFUSED: nothing answers there\. .* set granary:storage.managementEndpoint$/,
  );
});

describe("a bucket that takes no objects", () => {
  beforeEach(() => {
    store.refuses = "object";
  });

  test("is deleted when it is new, and is not in the state", async () => {
    const error = await refused(provider.create(inputs));
    expect(error.message).toMatch(
      /^could not create bucket .* refuses to write .*: QuotaExceeded on PutObject: .*; the empty bucket was deleted$/,
    );
    expect(error).not.toHaveProperty("id");
    expect(store.bucket).toBeUndefined();
    expect(await provider.create(inputs)).toEqual({ id: inputs.bucket, outs: inputs });
  });

  test("stays as it is when it was there before", async () => {
    store.bucket = new Map([["policy", policyFor("ADMIN")]]);
    const error = await refused(provider.create({ ...inputs, takeOver: true }));
    expect(error.message).toMatch(/QuotaExceeded on PutObject: .*; nothing was changed$/);
    expect(error).not.toHaveProperty("id");
    expect([...store.bucket.keys()]).toEqual(["policy"]);
  });
});

describe("a bucket that exists already", () => {
  beforeEach(() => {
    store.bucket = new Map([["policy", policyFor("ADMIN").replace("Deny", "Allow")]]);
  });

  test("is refused, with the setting that takes it over", async () => {
    const error = await refused(provider.create(inputs));
    expect(error.message).toMatch(/there is one already; .*granary:storage.takeOver/);
    expect(error).not.toHaveProperty("id");
    expect(store.bucket?.get("policy")).toContain("Allow");
  });

  test("is taken over where the stack says so, and becomes what is asked for", async () => {
    const wanted = { ...inputs, takeOver: true };
    expect(await provider.create(wanted)).toEqual({ id: inputs.bucket, outs: wanted });
    expect(store.bucket?.get("policy")).toBe(inputs.policy);
    expect(store.bucket?.has("lifecycle")).toBe(true);
  });
});
