import { describe, expect, it } from "vitest";
import { expectOk, previewStack } from "../../support/preview";
import { findCli, realPreview, type Step } from "./real-cli";

const cli = findCli();
if (!cli) console.warn("skipped: offline previews against the real CLI: no `pulumi` on the path, and PULUMI_CLI names none");

describe.skipIf(!cli)("The offline preview is what `pulumi preview --json` says", () => {
  it.each(["dev", "prod", "hetzner", "local"])("of %s", { timeout: 300_000 }, async (stack) => {
    const [{ resources }, steps] = await Promise.all([expectOk(previewStack(stack)), realPreview(cli ?? "", stack)]);
    const offline = resources.filter(({ type }) => !type.startsWith("pulumi:providers:") || type === "pulumi:providers:kubernetes");
    const real = steps.filter(({ newState: { type } }) => !isDefaultProvider(type)).map(shown);
    expect(Object.fromEntries(offline.filter(({ type }) => !isDefaultProvider(type)).map((r) => [r.urn, pick(r)]))).toEqual(
      Object.fromEntries(real),
    );
  });
});
