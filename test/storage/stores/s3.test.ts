import { describe, expect, test } from "vitest";
import { inputsOf } from "../support/inputs";
import { previewStore, type Settings, stackSettings, withStorage } from "../support/stack";

describe("s3", () => {
  test("SeaweedFS gets policies with its own names for users, and no condition that would lock out everyone", async () => {
    const result = await previewStore("local", withStorage("local", { users: { loki: "loki-writer" } }));
    const policy = String(inputsOf(result, "store-loki-chunks-bucket").policy);
    expect(policy).toContain("arn:aws:iam::000000000000:user/loki-writer");
    expect(policy).not.toContain("SecureTransport");
  });

  test.each([
    ["ceph", ["lifecycle", "policy"]],
    ["minio", ["lifecycle"]],
    ["garage", ["lifecycle"]],
    ["other", []],
  ])("%s gets the documents that it can keep", async (product, documents) => {
    const result = await previewStore("local", withStorage("local", { product }));
    const inputs = inputsOf(result, "store-loki-chunks-bucket");
    expect(["lifecycle", "policy"].filter((key) => key in inputs)).toEqual(documents);
  });

  test("one bucket for all has the rules and grants of each under its prefix", async () => {
    const shared = { bucket: "everything", prefixes: { "loki-chunks": "logs/", "loki-ruler": "rules/", "tempo-traces": "traces/" } };
    const result = await previewStore("local", withStorage("local", { shared }));
    expect(result.ofType(/:S3Bucket$/)).toHaveLength(1);
    const { lifecycle, policy } = inputsOf(result, "store-shared-bucket");
    const prefixes = JSON.parse(lifecycle ?? "").Rules.map(({ Filter }: { Filter: { Prefix: string } }) => Filter.Prefix);
    expect(prefixes).toEqual(["", "logs/fake/", "traces/single-tenant/", ""]);
    expect(policy).toContain("everything/logs/*");
    const bindings = result.outputs.bindings as unknown as { bucket: string; prefix: string }[];
    expect(bindings.map(({ bucket, prefix }) => `${bucket}/${prefix}`)).toEqual([
      "everything/logs/",
      "everything/rules/",
      "everything/traces/",
    ]);
  });

  test("Pulumi may reach the store elsewhere than the workloads do", async () => {
    const managementEndpoint = "http://localhost:8333";
    const result = await previewStore("local", withStorage("local", { managementEndpoint }));
    const endpoint = "http://seaweedfs.seaweedfs.svc:8333";
    expect(inputsOf(result, "store-loki-chunks-bucket")).toMatchObject({ endpoint, managementEndpoint });
    const [chunks] = result.outputs.bindings as unknown as { endpoint: object }[];
    expect(chunks?.endpoint).toMatchObject({ url: endpoint });
  });

  test.each([
    ["local", { takeOver: ["loki-chunks"] }, "store-loki-chunks-bucket", "store-loki-ruler-bucket"],
    ["hetzner", { takeOver: ["loki-chunks"] }, "store-loki-chunks-bucket", "store-tempo-traces-bucket"],
  ])("%s: a bucket is taken over where the stack names it, and no other", async (stack, change, taken, not) => {
    const result = await previewStore(stack, withStorage(stack, change));
    expect(inputsOf(result, taken).takeOver).toBe(true);
    expect(inputsOf(result, not)).not.toHaveProperty("takeOver");
  });

  test("buckets that are only used are not made", async () => {
    const { managementEndpoint: _unused, ...storage } = stackSettings("local").storage as Settings;
    const result = await previewStore("local", { ...stackSettings("local"), storage: { ...storage, buckets: "use" } });
    expect(result.ofType(/:S3Bucket$/)).toEqual([]);
  });
});
