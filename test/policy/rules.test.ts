import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { page } from "../../policy/page";
import { rules } from "../../policy/rules";
import { root } from "../support/preview";

describe("rules", () => {
  it("are documented as they are", () => {
    expect(readFileSync(join(root, "docs/policies.md"), "utf8"), "run npm run policy:docs").toBe(page());
  });
  it("have names of their own, that a policy-config can use", () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
  it.each(rules)("$id says what, why and how in sentences", ({ demands, reason, fix }) => {
    for (const words of [demands, reason, fix]) expect(words).toMatch(/^[A-Z"].*[.}]$/s);
  });
  it("have names from other tools in the forms that those have", () => {
    for (const { names } of rules) {
      for (const name of names?.fsbp ?? []) expect(name).toMatch(/^[A-Z][A-Za-z0-9]+\.\d+$/);
      for (const name of names?.checkov ?? []) expect(name).toMatch(/^CKV2?_[A-Z0-9]+_\d+$/);
      for (const name of names?.cis ?? []) expect(name).toMatch(/^(Kubernetes )?\d+(\.\d+)+$/);
    }
  });
  it("give every setting a default", () => {
    for (const { settings } of rules)
      for (const schema of Object.values(settings ?? {}))
        expect(schema).toMatchObject({ default: expect.anything(), description: expect.any(String) });
  });
});
