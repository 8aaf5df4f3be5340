import { describe, expect, it } from "vitest";
import type { ReportedResource } from "../../../preview/report/report";
import { expectOk, previewStack } from "../../support/preview";
import { findCli, realPreview, type Step } from "./real-cli";

const cli = findCli();
if (!cli) console.warn("skipped: offline previews against the real CLI: no `pulumi` on the path, and PULUMI_CLI names none");

describe.skipIf(!cli)("The offline preview is what `pulumi preview --json` says", () => {
  it.each(["dev", "prod", "hetzner", "local"])("of %s", { timeout: 300_000 }, async (stack) => {
    const [{ resources }, steps] = await Promise.all([expectOk(previewStack(stack)), realPreview(cli ?? "", stack)]);
    const offline = Object.fromEntries(resources.filter(({ urn }) => !isDefaultProvider(urn)).map((r) => [r.urn, ofOffline(r)]));
    const real = Object.fromEntries(steps.filter(({ urn }) => !isDefaultProvider(urn)).map((step) => [step.urn, ofReal(step)]));
    expect(Object.keys(offline).sort()).toEqual(Object.keys(real).sort());
    expect(offline).toEqual(real);
  });
});

/** The engine lists them or not, as it happens to come to them. */
const isDefaultProvider = (urn: string): boolean => /::pulumi:providers:[\w-]+::default/.test(urn);

const ofOffline = ({ type, parent, protect, retainOnDelete, dependsOn, inputs }: ReportedResource) => ({
  type,
  parent,
  protect,
  retainOnDelete,
  dependsOn,
  inputs: known(inputs),
});

const ofReal = ({ newState }: Step) => ({
  type: newState.type,
  parent: newState.parent ?? null,
  protect: newState.protect ?? false,
  retainOnDelete: newState.retainOnDelete ?? false,
  dependsOn: [...(newState.dependencies ?? [])].sort(),
  inputs: known(newState.inputs ?? {}),
});

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The engine writes a secret that is not known yet as unknown, the host as secret; and it shows what the SDK keeps to itself. */
function known(value: unknown): unknown {
  if (value === unknown || value === "[secret]") return "[unknown]";
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith("__"))
      .map(([key, entry]) => [key, known(entry)]),
  );
}
