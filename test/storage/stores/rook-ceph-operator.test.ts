import { describe, expect, test } from "vitest";
import { missingFields, settingProblem } from "../../../components/storage/rook-ceph/operator";
import { inputsOf } from "../support/inputs";
import { previewStore, withStorage } from "../support/stack";

describe("rook-ceph", () => {
  describe("the operator's setting that claims need", () => {
    test("is read, and what it lacks is named", async () => {
      expect(missingFields(undefined)).toEqual(["bucketLifecycle", "bucketMaxObjects", "bucketMaxSize", "bucketOwner", "bucketPolicy"]);
      expect(missingFields("maxObjects, maxSize, bucketPolicy, bucketLifecycle, bucketOwner,bucketMaxObjects,bucketMaxSize")).toEqual([]);
      expect(settingProblem("rook-ceph", ["bucketPolicy"])).toContain("ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS");
      const result = await previewStore("dev");
      expect(result.resource("store-operator-config").type).toBe("kubernetes:core/v1:ConfigMap");
    });

    test("is set where Granary may", async () => {
      const result = await previewStore("dev", withStorage("dev", { operator: { claimFields: "set" } }));
      const { data, metadata } = inputsOf(result, "store-operator-config") as unknown as { data: Record<string, string>; metadata: object };
      expect(missingFields(data.ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS)).toEqual([]);
      expect(metadata).toMatchObject({ name: "rook-ceph-operator-config", namespace: "rook-ceph" });
      expect(result.resource("store-loki-chunks-claim").dependsOn.some((urn) => urn.endsWith("::store-operator-config"))).toBe(true);
    });

    test("is warned about where it is taken for granted", async () => {
      const { said } = await previewStore("dev", withStorage("dev", { operator: { claimFields: "assume" } }));
      expect(said.join("\n")).toContain("ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS");
    });
  });
});
