import { describe, expect, it } from "vitest";
import { periodGuards } from "../../components/logs/periods";
import { cephBinding, diskBinding } from "./fixture";

const first = { from: "2024-04-01" };

describe("periods of the schema", () => {
  it("are guarded by objects that say all that a period fixes", () => {
    expect([...periodGuards([first], cephBinding("logs"))]).toEqual([
      ["loki-schema-2024-04-01", { from: "2024-04-01", index: "24h", objectStore: "s3", schema: "v13", store: "tsdb" }],
    ]);
    expect(periodGuards([first], diskBinding).get("loki-schema-2024-04-01")?.objectStore).toBe("filesystem");
  });
});
