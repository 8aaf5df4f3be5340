import { afterAll, beforeAll, expect, it } from "vitest";
import { expectOk, previewStack } from "../support/preview";
import { type Kubernetes, type KubernetesObject, kubernetes, testData } from "./servers";
import { installDefinitions } from "./support/definitions";
import { stackObjects } from "./support/stack-objects";
import { describeReal } from "./support/suite";

// The operator does not run here; its definition, with all of its rules, does.
describeReal("A Kubernetes API server and TempoStacks", [kubernetes, testData("crds")], () => {
  let cluster: Kubernetes;
  const everything = {
    kind: "tempostack",
    size: "production",
    jaegerUi: true,
    metricsGenerator: { remoteWriteUrl: "http://prometheus.monitoring.svc:9090/api/v1/write" },
    operator: { replicationFactor: 3 },
  };
  const tenants = [{ name: "team-a", traces: { retention: "7d", ingestionRate: "1Mi" } }, { name: "team-b" }];

  beforeAll(async () => {
    cluster = await kubernetes.start();
  });
  afterAll(() => cluster?.stop());

  /** With the monitors of its programs. */
  async function tempoStack(stack: string, config: Parameters<typeof previewStack>[1]): Promise<[KubernetesObject, ...KubernetesObject[]]> {
    const { objects } = stackObjects((await expectOk(previewStack(stack, config))).resources);
    const found = objects.find(({ kind }) => kind === "TempoStack");
    if (!found) throw new Error("no TempoStack");
    const monitors = objects.filter(({ kind, metadata }) => kind === "ServiceMonitor" && metadata.name?.startsWith("granary-tempo"));
    await installDefinitions(cluster.client, [found, ...monitors]);
    const name = found.metadata.namespace ?? "";
    await cluster.client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    return [found, ...monitors];
  }

  it.each([
    ["dev", { "granary:traces": { kind: "tempostack", operator: { caConfigMap: "granary-rgw-ca" } } }],
    ["prod", { "granary:traces": everything }],
    [
      "hetzner",
      {
        "granary:traces": { ...everything, metricsGenerator: {} },
        "granary:tenants": tenants,
        "granary:logs": { gateway: { enabled: false } },
      },
    ],
  ])("takes that of %s, and the second time changes nothing", async (stack, config) => {
    const objects = await tempoStack(stack, { config });
    expect(objects.length).toBeGreaterThan(5);
    for (const object of objects) {
      const first = await cluster.client.apply(object);
      const second = await cluster.client.apply(object);
      expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
      await cluster.client.remove(object);
    }
  });

  it("refuses what the operator would not understand", async () => {
    const [object] = await tempoStack("dev", {
      config: { "granary:traces": { kind: "tempostack", operator: { caConfigMap: "granary-rgw-ca" } } },
    });
    const { spec } = object as unknown as { spec: { storage: { secret: object } } };
    const guessed = { ...spec, storage: { ...spec.storage, secret: { ...spec.storage.secret, credentialMode: "guess" } } };
    await expect(cluster.client.apply({ ...object, spec: guessed })).rejects.toThrow(/credentialMode/);
  });
});
