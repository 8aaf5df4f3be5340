import { describe, expect, it } from "vitest";
import { periodChanges, periodGuards } from "../../components/logs/periods";
import { cephBinding, diskBinding } from "./fixture";

const first = { from: "2024-04-01" };
const second = { from: "2026-12-24", added: "2026-12-20" };
const today = "2026-12-21";
const messages = (before: (typeof first)[], after: (typeof first)[]) => periodChanges(before, after, today).map(({ message }) => message);

describe("periods of the schema", () => {
  it("may be appended in the future, and dropped or moved as long as they have not begun", () => {
    expect(messages([first], [first, second])).toEqual([]);
    expect(messages([first, second], [first])).toEqual([]);
    expect(messages([first, second], [first, { ...second, from: "2027-01-01" }])).toEqual([]);
  });

  it("may not be dropped, moved or changed once they have begun", () => {
    const begun = "the period from 2024-04-01 has begun and must stay as it was: data is laid out by it";
    expect(messages([first], [second])).toContain(begun);
    expect(messages([first], [{ from: "2024-05-01" }])).toContain(begun);
    expect(periodChanges([first], [{ ...first, store: "filesystem" }], today)).toHaveLength(1);
  });

  it("may not be appended for days that are past or for today", () => {
    expect(messages([first], [first, { from: today }])).toEqual([
      `the period from ${today} is new and must begin after ${today}: data of its first days is already written`,
    ]);
  });

  it("are guarded by objects that say all that a period fixes", () => {
    expect([...periodGuards([first], cephBinding("logs"))]).toEqual([
      ["loki-schema-2024-04-01", { from: "2024-04-01", index: "24h", objectStore: "s3", schema: "v13", store: "tsdb" }],
    ]);
    expect(periodGuards([first], diskBinding).get("loki-schema-2024-04-01")?.objectStore).toBe("filesystem");
  });
});
