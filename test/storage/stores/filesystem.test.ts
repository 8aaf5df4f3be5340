import { describe, expect, test } from "vitest";
import type { Yaml } from "../../../preview/config/files";
import { expectOk, previewStack } from "../../support/preview";
import { filesystem } from "../support/settings";
import { previewStore, type Settings } from "../support/stack";

describe("filesystem", () => {
  test("the namespace that the volumes go with, and the guards of the schema, stay until the stack says otherwise", async () => {
    const options = async (config: Record<string, Yaml>) => {
      const result = await expectOk(previewStack("dev", { config: { "granary:cluster": {}, ...config } }));
      return ["granary-namespace", "granary-logs-loki-schema-2024-04-01"].map((name) => {
        const { protect, retainOnDelete } = result.resource(name);
        return { protect, retainOnDelete };
      });
    };
    const all = (keep: boolean) => Array(2).fill({ protect: keep, retainOnDelete: keep });
    const storage = { kind: "filesystem" };
    expect(await options({ "granary:storage": storage })).toEqual(all(true));
    expect(await options({ "granary:storage": { ...storage, onDestroy: "delete-all-data" } })).toEqual(all(false));
  });

  test("so does the namespace of a stack that has moved to buckets and still has a period on its volume", async () => {
    const namespaceMade = { "granary:cluster": {} };
    const onVolume = {
      ...namespaceMade,
      "granary:logs": {
        schema: [
          { from: "2024-04-01", store: "filesystem" },
          { from: "2026-12-01", added: "2026-11-21" },
        ],
      },
    };
    expect((await expectOk(previewStack("dev", { config: onVolume }))).resource("granary-namespace").protect).toBe(true);
    expect((await expectOk(previewStack("dev", { config: namespaceMade }))).resource("granary-namespace").protect).toBe(false);
  });

  test("reserves volumes, by the spec or by the stack", async () => {
    const volumes = { "loki-chunks": { size: "100Gi", storageClass: "fast" } };
    const settings: Settings = { ...filesystem, storage: { kind: "filesystem", storageClass: "standard", volumes } };
    const result = await previewStore("local", settings);
    const { outputs } = result;
    const [chunks, ruler, traces] = outputs.bindings as unknown as { kind: string; size: { bytes: number }; storageClass: string }[];
    expect(chunks).toMatchObject({ kind: "disk", size: { bytes: 100 * 2 ** 30 }, storageClass: "fast" });
    expect(traces).toMatchObject({ kind: "disk", size: { bytes: 10 * 2 ** 30 }, storageClass: "standard" });
    expect(ruler).toMatchObject({ kind: "disk", size: { bytes: 100 * 2 ** 30 }, storageClass: "fast" });
    expect(result.ofType(/:Volume$/).map(({ name }) => name)).toEqual(["store-loki-chunks", "store-tempo-traces"]);
  });
});
