import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { mergeOver } from "../../components/text/merge";
import { renderYaml } from "../../components/text/yaml";

describe("renderYaml", () => {
  it("gives the same bytes whatever the order of the keys", () => {
    expect(renderYaml({ b: { d: 1, c: [2, 1] }, a: true })).toBe(renderYaml({ a: true, b: { c: [2, 1], d: 1 } }));
  });

  it("leaves out what is undefined and keeps lists in their order", () => {
    expect(renderYaml({ list: ["b", "a"], none: undefined })).toBe("list:\n- b\n- a\n");
  });

  it.each(["on", "yes", "n", "2024-04-01", "0123", "1e3", "1:30", "~", "null", "", "a: b", "# x", "- x", "{x}", "*x", "&x"])(
    "quotes text that YAML 1.1 or 1.2 would read as something else: %j",
    (text) => {
      const yaml = renderYaml({ text });
      expect(parse(yaml, { version: "1.1" })).toEqual({ text });
      expect(parse(yaml, { version: "1.2" })).toEqual({ text });
    },
  );

  it("writes neither anchors nor folded lines", () => {
    const shared = { key: "x ".repeat(200).trim() };
    const yaml = renderYaml({ one: shared, two: shared });
    expect(yaml).not.toMatch(/[&*]/);
    expect(yaml.split("\n").filter(Boolean)).toHaveLength(4);
  });
});

describe("mergeOver", () => {
  it("merges maps and replaces lists and values", () => {
    const base = { map: { kept: 1, changed: 1 }, list: [1, 2], value: 1 };
    expect(mergeOver(base, { map: { changed: 2, added: 3 }, list: [3], value: { deep: 1 } })).toEqual({
      map: { kept: 1, changed: 2, added: 3 },
      list: [3],
      value: { deep: 1 },
    });
  });

  it("changes neither of its arguments", () => {
    const base = { map: { a: 1 } };
    mergeOver(base, { map: { a: 2 } });
    expect(base).toEqual({ map: { a: 1 } });
  });
});
