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
    expect(error.message).toBe(`bucket granary-loki-chunks at ${store.endpoint} is there, but not finished: MalformedPolicy`);
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
