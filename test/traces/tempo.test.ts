import { describe, expect, it } from "vitest";
import { expectOk, previewStack } from "../support/preview";

type Settings = NonNullable<NonNullable<Parameters<typeof previewStack>[1]>["config"]>;

const preview = (stack: string, traces: Settings[string] = {}) => expectOk(previewStack(stack, { config: { "granary:traces": traces } }));

describe("Traces", () => {
  it("installs a pinned chart of Tempo 2 under a fixed name", async () => {
    const { inputs, parent } = (await preview("dev")).resource("granary-traces-release");
    expect(inputs).toMatchObject({ name: "tempo", chart: "oci://ghcr.io/grafana-community/helm-charts/tempo", version: "2.2.4" });
    expect(parent).toMatch(/granary:traces:Tempo::granary-traces$/);
  });

  it("declares a TempoStack instead, with the store's keys in the operator's shape", async () => {
    const result = await preview("dev", { kind: "tempostack", operator: { caConfigMap: "granary-rgw-ca" } });
    expect(result.resources.filter(({ name }) => name === "granary-traces-release")).toEqual([]);
    const { inputs } = result.resource("granary-traces-stack", "kubernetes:tempo.grafana.com/v1alpha1:TempoStack");
    const { spec } = inputs as { spec: { storage: { secret: { name: string } } } };
    expect(spec.storage).toMatchObject({
      secret: { credentialMode: "static", type: "s3" },
      tls: { enabled: true, caName: "granary-rgw-ca" },
    });
    const secrets = result
      .ofType("kubernetes:core/v1:Secret")
      .map(({ inputs: made }) => (made as { metadata: { name: string } }).metadata.name);
    expect(secrets).toContain(spec.storage.secret.name);
  });

  it("tells the operator of a role by a secret that holds no key", async () => {
    const result = await preview("prod", { kind: "tempostack" });
    const { inputs } = result.resource("granary-traces-stack");
    expect(inputs).toMatchObject({ spec: { storage: { secret: { credentialMode: "token", name: "tempo-granary-storage" } } } });
    expect(result.resource("granary-traces-storage").inputs).toMatchObject({ metadata: { name: "tempo-granary-storage" } });
  });

  it("is left out where traces are not wanted", async () => {
    const { resources } = await preview("prod", { enabled: false });
    expect(resources.filter(({ name }) => name.includes("traces"))).toEqual([]);
  });
});
