import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { stackFileSchema } from "../../components/config/json-schema";
import { type Json, settingsPage } from "../../scripts/settings-page";

const schema = stackFileSchema();

describe("npm run schema writes, and what is here is current:", () => {
  test("schema/stack.schema.json", () => {
    expect(JSON.parse(readFileSync("schema/stack.schema.json", "utf8"))).toEqual(schema);
  });
  test("docs/settings.md", () => {
    expect(readFileSync("docs/settings.md", "utf8")).toBe(settingsPage(schema));
  });
});

/** Every setting below, by its path. */
function settings(node: Json, path: string): [string, Json][] {
  const properties = Object.entries((node.properties ?? {}) as Record<string, Json>);
  const nested = [node.items, node.additionalProperties, ...((node.oneOf ?? node.anyOf ?? []) as Json[])];
  return [
    ...properties.flatMap(([key, property]): [string, Json][] => [[`${path}.${key}`, property], ...settings(property, `${path}.${key}`)]),
    ...nested.flatMap((inner) => (typeof inner === "object" && inner !== null ? settings(inner as Json, path) : [])),
  ];
}

test("every setting says what it does", () => {
  const all = settings((schema.properties as Json).config as Json, "");
  expect(all.length).toBeGreaterThan(600);
  expect(all.filter(([, { description }]) => !description).map(([path]) => path)).toEqual([]);
});
