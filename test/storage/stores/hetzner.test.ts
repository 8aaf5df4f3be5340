import { describe, expect, test } from "vitest";
import { inputsOf } from "../support/inputs";
import { previewStore, withStorage } from "../support/stack";

describe("hetzner", () => {
  test("buckets carry versioning, rules and policy as plain text, and nothing that Ceph would choke on", async () => {
    const result = await previewStore("hetzner", withStorage("hetzner", { versioning: true }));
    const { bucket, endpoint, region, pathStyle, policy, lifecycle, versioning } = inputsOf(result, "store-loki-chunks-bucket");
    expect({ bucket, endpoint, region, pathStyle, versioning }).toEqual({
      bucket: "granary-hz-loki-chunks",
      endpoint: "https://fsn1.your-objectstorage.com",
      region: "fsn1",
      pathStyle: true,
      versioning: true,
    });
    expect(JSON.parse(policy ?? "").Statement[0].Sid).toBe("DenyOtherKeys");
    expect(JSON.parse(lifecycle ?? "").Rules.map(({ ID }: { ID: string }) => ID)).toEqual(["abort-uploads", "expire-fake", "noncurrent"]);
    // The AWS provider waits there for a header that only AWS sends; a public access block denies every upload on older Ceph.
    expect(result.ofType(/^aws:/)).toEqual([]);
  });

  test.each(["fsn1", "nbg1", "hel1"])("%s is its own region", async (location) => {
    const result = await previewStore("hetzner", withStorage("hetzner", { location }));
    const [chunks] = result.outputs.bindings as unknown as { endpoint: object }[];
    expect(chunks?.endpoint).toMatchObject({ host: `${location}.your-objectstorage.com`, region: location, tls: true });
  });
});
