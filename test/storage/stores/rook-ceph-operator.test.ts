import { describe, expect, test } from "vitest";
import { inputsOf } from "../support/inputs";
import { previewStore, withStorage } from "../support/stack";

const setting = "ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS";

interface Claim {
  readonly spec: { readonly additionalConfig: Readonly<Record<string, string>> };
}

describe("the setting of Rook's operator that claims need", () => {
  test("is not read: a read resource would show as changed in every refresh", async () => {
    const { raw } = await previewStore("dev");
    expect(raw?.resources.filter(({ external }) => external)).toEqual([]);
  });

  test("is written where the stack says so, before any claim, with every field that a claim has", async () => {
    const result = await previewStore("dev", withStorage("dev", { operator: { claimFields: "set" } }));
    const { data, metadata } = inputsOf(result, "store-operator-config") as unknown as { data: Record<string, string>; metadata: object };
    expect(metadata).toMatchObject({ name: "rook-ceph-operator-config", namespace: "rook-ceph" });
    const claims = result.ofType(/:ObjectBucketClaim$/);
    const allowed = data[setting]?.split(",") ?? [];
    for (const { inputs } of claims) {
      expect(allowed).toEqual(expect.arrayContaining(Object.keys((inputs as unknown as Claim).spec.additionalConfig)));
    }
    expect(claims.length).toBeGreaterThan(0);
    for (const { dependsOn } of claims) expect(dependsOn.some((urn) => urn.endsWith("::store-operator-config"))).toBe(true);
  });
});
