import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { stackFileSchema } from "../../components/config/json-schema";

test("schema/stack.schema.json is current (npm run schema writes it)", () => {
  expect(JSON.parse(readFileSync("schema/stack.schema.json", "utf8"))).toEqual(stackFileSchema());
});
