// The offline preview of every stack is what `pulumi preview --json` says: the same resources, parents, options and inputs.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ReportedResource } from "../../../preview/report/report";
import { expectOk, previewStack } from "../../support/preview";
import { EngineProject } from "../servers";
import { programs } from "../servers/engine";
import { packageVersion } from "../servers/engine/package-version";
import type { ServedPlugin } from "../servers/engine/serve-plugin";
import { echoProvider } from "../support/engine/echo-provider";
import { isDefaultProvider } from "../support/engine/resources";
import { describeReal } from "../support/suite";

interface Step {
  readonly urn: string;
  readonly newState: {
    readonly type: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly parent?: string;
    readonly protect?: boolean;
    readonly retainOnDelete?: boolean;
    readonly dependencies?: readonly string[];
  };
}

describeReal("The offline preview is what the engine plans", [programs], () => {
  const providers: Record<string, ServedPlugin> = {};

  beforeAll(async () => {
    for (const name of ["kubernetes", "aws", "random"]) providers[name] = await echoProvider(name, packageVersion(name));
  });
  afterAll(() => {
    for (const { stop } of Object.values(providers)) stop();
  });

  it.each(["dev", "prod", "hetzner", "local"])("of %s", async (stack) => {
    const ports = Object.entries(providers).map(([name, { port }]) => `${name}:${port}`);
    const project = new EngineProject({ stack, environment: { PULUMI_DEBUG_PROVIDERS: ports.join() } });
    try {
      await project.init();
      const { steps } = JSON.parse(await project.plan()) as { steps: readonly Step[] };
      const { resources } = await expectOk(previewStack(stack));
      const offline = Object.fromEntries(resources.filter(({ urn }) => !isDefaultProvider(urn)).map((r) => [r.urn, ofOffline(r)]));
      const real = Object.fromEntries(steps.filter(({ urn }) => !isDefaultProvider(urn)).map((step) => [step.urn, ofReal(step)]));
      expect(Object.keys(offline).sort()).toEqual(Object.keys(real).sort());
      expect(offline).toEqual(real);
    } finally {
      project.remove();
    }
  });
});

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
