import { describe, expect, it } from "vitest";
import { tempoConfig } from "../../components/traces/config";
import { diskBinding } from "../logs/fixture";
import { expectOk, type PreviewResult, previewStack } from "../support/preview";
import { tempoInput } from "../traces/fixture";
import { tempoBinary, verifyTempoConfiguration, withoutTempo } from "./support/tempo";

if (!tempoBinary) console.warn(withoutTempo);
const title = (text: string) => (tempoBinary ? text : `${text} (${withoutTempo})`);
const stacks = ["dev", "prod", "hetzner", "local"];

function configurationOf(stack: PreviewResult): string {
  return (stack.resource("granary-traces-release").inputs as { values: { config: string } }).values.config;
}

describe.skipIf(!tempoBinary)(title("Tempo's own check"), () => {
  it.each(stacks)("takes the configuration of %s", async (name) => {
    expect(await verifyTempoConfiguration(configurationOf(await expectOk(previewStack(name))))).toBeUndefined();
  });

  it("takes metrics generation, tenants and a disk", async () => {
    const generator = { metricsGenerator: { remoteWriteUrl: "http://prometheus:9090/api/v1/write" } };
    expect(
      await verifyTempoConfiguration(tempoConfig(tempoInput(generator, [{ name: "a", traces: { retention: "7d" } }]))),
    ).toBeUndefined();
    expect(await verifyTempoConfiguration(tempoConfig(tempoInput({}, [], diskBinding)))).toBeUndefined();
  });

  it("refuses one that is wrong", async () => {
    expect(await verifyTempoConfiguration(tempoConfig(tempoInput({ extraConfig: { live_store: {}, compacter: {} } })))).toMatch(
      /compacter/,
    );
  });
});
