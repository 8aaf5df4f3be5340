import { describe, expect, test } from "vitest";
import type { PreviewResult } from "../../support/preview";
import { inputsOf } from "../support/inputs";
import { previewStore, stackSettings, tryStore, withStorage } from "../support/stack";

// What each store registers, and how it answers what is known to go wrong with it.

const kinds = ["dev", "prod", "hetzner", "local"];

describe("every store", () => {
  test.each(kinds)("%s: what holds data is protected and kept, until the stack says otherwise in so many words", async (stack) => {
    // A bucket's guards stay with it: without them what is left would be open to whoever may read in the account.
    const guards =
      "BucketPolicy|BucketPublicAccessBlock|BucketOwnershipControls|BucketServerSideEncryptionConfiguration|BucketLifecycleConfiguration|BucketVersioning";
    const holdsData = new RegExp(`:(?:CephObjectStore|ObjectBucketClaim|S3Bucket|Bucket|Key|${guards})$`);
    const own = ({ resources }: PreviewResult) => resources.filter(({ type }) => holdsData.test(type) && !type.startsWith("granary:"));
    const kept = own(await previewStore(stack));
    expect(kept.length).toBeGreaterThanOrEqual(3);
    for (const { name, protect, retainOnDelete } of kept)
      expect({ name, protect, retainOnDelete }).toEqual({ name, protect: true, retainOnDelete: true });
    if (stack === "prod") expect(kept.filter(({ type }) => new RegExp(`:(?:${guards})$`).test(type))).toHaveLength(4 * 6);
    const given = own(
      await previewStore(
        stack,
        withStorage(stack, { onDestroy: "delete-all-data" }, { environment: stack === "local" ? "local" : "development" }),
      ),
    );
    expect(given.map(({ name }) => name)).toEqual(kept.map(({ name }) => name));
    for (const { protect, retainOnDelete } of given) expect({ protect, retainOnDelete }).toEqual({ protect: false, retainOnDelete: false });
  });

  test.each(kinds)("%s: names are plain text in a preview, and every resource has a parent", async (stack) => {
    const { outputs, resources } = await previewStore(stack);
    for (const { bucket } of outputs.bindings as unknown as { bucket: string }[]) expect(bucket).toMatch(/^[a-z0-9-]+$/);
    const roots = resources.filter(({ parent, type }) => !parent && !type.startsWith("pulumi:"));
    expect(roots).toEqual([]);
  });

  test.each(kinds)("%s: a binding says where, as whom, and what comes first, and nothing of the store", async (stack) => {
    const { outputs } = await previewStore(stack);
    for (const binding of outputs.bindings as unknown as Record<string, unknown>[]) {
      expect(Object.keys(binding).sort()).toEqual(["bucket", "credentials", "endpoint", "kind", "prefix", "ready"]);
      if (stack !== "local") expect((binding.ready as unknown[]).length).toBeGreaterThan(1);
    }
  });

  test("renaming a bucket's prefix asks for new buckets and lets go of the old ones, which stay", async () => {
    const bucket = async (prefix: string) =>
      inputsOf(await previewStore("hetzner", withStorage("hetzner", { bucketPrefix: prefix })), "store-loki-chunks-bucket");
    expect((await bucket("one")).bucket).toBe("one-loki-chunks");
    expect((await bucket("two")).bucket).toBe("two-loki-chunks");
  });
});

test("nothing is registered when a setting is wrong", async () => {
  const result = await tryStore("hetzner", { ...stackSettings("hetzner"), secrets: { source: { kind: "made" } } });
  expect(result.exit).toBe(2);
  expect(result.resources).toEqual([]);
});
