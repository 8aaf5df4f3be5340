import { describe, expect, it } from "vitest";
import { expectOk, previewStack } from "../support/preview";

type Settings = NonNullable<NonNullable<Parameters<typeof previewStack>[1]>["config"]>;

const tenants = [{ name: "shop", passwordHash: `$2y$10$${"a".repeat(53)}` }];

describe("Observe", () => {
  it("warns that no tenant finds what was stored before, until the stack says whether there is such data", async () => {
    const messages = async (grafana: Settings[string]) => {
      const config = { "granary:tenants": tenants, "granary:observe": { grafana } };
      return (await expectOk(previewStack("dev", { config }))).raw?.messages.map(({ text }) => text);
    };
    expect(await messages({})).toEqual([
      expect.stringMatching(/^No tenant finds .* Set granary:observe\.grafana\.dataBeforeTenants to true /),
    ]);
    for (const dataBeforeTenants of [true, false]) expect(await messages({ dataBeforeTenants })).toEqual([]);
  });
});
