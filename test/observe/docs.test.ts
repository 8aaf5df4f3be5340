// What the documentation shows as configuration is configuration.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { collectionProblems } from "../../components/collection/problems";
import { granarySchema } from "../../components/config/schema";
import { observeProblems } from "../../components/observe/problems";

test.each(["collection", "observe"])("docs/%s.md shows settings that there are", (name) => {
  const text = readFileSync(join(__dirname, "../../docs", `${name}.md`), "utf8");
  const [, block = ""] = /```yaml\n(.*?)```/s.exec(text) ?? [];
  const settings = parse(block) as Record<string, unknown>;
  expect(Object.keys(settings)).toEqual([`granary:${name}`]);
  const storage = { kind: "s3", endpoint: "https://s3.example.com", reach: { kind: "cidrs", cidrs: ["203.0.113.0/24"], port: 443 } };
  const rest = { environment: "local", storage, tenants: [{ name: "payments" }] };
  const config = granarySchema.parse({ ...rest, [name]: settings[`granary:${name}`] });
  expect([...collectionProblems(config), ...observeProblems(config)]).toEqual([]);
});
