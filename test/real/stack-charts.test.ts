// The real charts, rendered with the values of every stack, on a real API server. Runs where the charts' repositories can be reached;
// no server is missing elsewhere, so a skip here is none that GRANARY_REQUIRE_REAL forbids.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectOk, previewStack } from "../support/preview";
import { type Kubernetes, type KubernetesObject, kubernetes, needs } from "./servers";
import { type Charts, chartsOf } from "./support/charts";
import { changedByApplyingAgain } from "./support/second-apply";
import { stackObjects } from "./support/stack-objects";
import { describeReal } from "./support/suite";

interface Workload {
  readonly spec: { readonly template?: { readonly metadata: Record<string, unknown>; readonly spec: Record<string, unknown> } };
}

for (const stack of ["dev", "prod", "hetzner", "local"]) {
  describeReal(`The charts with the values of ${stack}`, [kubernetes, needs("helm")], () => {
    let charts: Charts | { readonly missing: string };
    let cluster: Kubernetes;
    let rendered: KubernetesObject[] = [];
    let configuration = "";

    beforeAll(async () => {
      const { ofType, resources } = await expectOk(previewStack(stack));
      const releases = ofType(/:Release$/);
      charts = await chartsOf(releases);
      if ("missing" in charts) return;
      for (const release of releases) {
        rendered.push(...(await charts.render(release)));
        const { loki } = release.inputs.values as { loki?: { config: string } };
        configuration ||= loki?.config ?? "";
      }
      cluster = await kubernetes.start();
      await cluster.client.apply(madeByHand);
      const namespaces = stackObjects(resources).objects.filter(({ kind }) => kind === "Namespace");
      for (const namespace of namespaces) await cluster.client.apply(namespace);
    });
    afterAll(async () => {
      await cluster?.stop();
      if (charts && "remove" in charts) charts.remove();
      rendered = [];
    });

    describe("rendered", () => {
      it("are taken by the API server, and change nothing the second time", async ({ skip }) => {
        if ("missing" in charts) return skip(charts.missing);
        for (const object of rendered) await cluster.client.apply(object);
        expect(await changedByApplyingAgain(cluster.client, rendered)).toEqual([]);
        expect(rendered.length).toBeGreaterThan(15);
      });

      it("make pods that the pod security of their namespace lets in", async ({ skip }) => {
        if ("missing" in charts) return skip(charts.missing);
        const pods = rendered.flatMap(podOf);
        expect(pods.length).toBeGreaterThanOrEqual(3);
        for (const pod of pods) await cluster.client.apply(pod);
      });

      it("hold Loki's configuration to the letter", ({ skip }) => {
        if ("missing" in charts) return skip(charts.missing);
        const texts = rendered
          .filter(({ kind }) => kind === "ConfigMap")
          .flatMap(({ data }) => Object.values((data ?? {}) as Record<string, string>));
        expect(configuration).toContain("schema_config");
        expect(texts.map((text) => text.trim())).toContain(configuration.trim());
      });
    });
  });
}

/** As README.md says to make it before the first `up`. */
const madeByHand: KubernetesObject = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "observability", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
};

/** A pod as the workload's controller would make it. */
function podOf(object: KubernetesObject): KubernetesObject[] {
  const { template } = (object as unknown as Workload).spec ?? {};
  if (!template) return [];
  const metadata = { ...template.metadata, name: `${object.metadata.name}-pod`, namespace: object.metadata.namespace ?? "" };
  const volumes =
    (object as unknown as { spec: { volumeClaimTemplates?: { metadata: { name: string } }[] } }).spec.volumeClaimTemplates ?? [];
  const claimed = volumes.map(({ metadata: { name } }) => ({ name, emptyDir: {} }));
  const spec = { ...template.spec, volumes: [...((template.spec.volumes as object[] | undefined) ?? []), ...claimed] };
  return [{ apiVersion: "v1", kind: "Pod", metadata, spec }];
}
