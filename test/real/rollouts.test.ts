// The real charts: does an update of every workload proceed on the fewest nodes that it can run on, and does Helm wait for it?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lokiValues } from "../../components/logs/values";
import type { ReportedResource } from "../../preview/report/report";
import { lokiInput } from "../logs/fixture";
import { expectOk, previewStack } from "../support/preview";
import { expectedReady, fenceposts } from "../support/rollout";
import { type KubernetesObject, needs } from "./servers";
import { type Charts, chartsOf } from "./support/charts";
import { describeReal } from "./support/suite";
import { drainable, nodesNeeded, placeableAgain, repelsItself, type Workload, workloadsOf } from "./support/workloads";

const modes = ["monolithic", "simple-scalable", "distributed"].flatMap((mode) => ["homelab", "production"].map((size) => ({ mode, size })));
const everything = { patterns: true, caches: { chunks: { enabled: true, replicas: 2 }, results: { enabled: true } } };

describeReal("Workloads of the charts", [needs("helm")], () => {
  let charts: Charts | { readonly missing: string };
  let loki: ReportedResource;

  beforeAll(async () => {
    const prod = await expectOk(previewStack("prod"));
    charts = await chartsOf(prod.ofType(/:Release$/));
    loki = prod.resource("granary-logs-release");
  });
  afterAll(() => {
    if (charts && "remove" in charts) charts.remove();
  });

  async function render(releases: readonly ReportedResource[]): Promise<KubernetesObject[]> {
    const rendered: KubernetesObject[] = [];
    if ("missing" in charts) return rendered;
    for (const release of releases) rendered.push(...(await charts.render(release)));
    return rendered;
  }
  const ofStack = async (stack: string) => render((await expectOk(previewStack(stack))).ofType(/:Release$/));
  const ofLoki = (config: object, spread: "required" | "preferred" = "required") => {
    const values = lokiValues(lokiInput({ ...everything, ...config }, [], { spread }));
    return render([{ ...loki, inputs: { ...loki.inputs, values } as never }]);
  };

  const all = [
    ...["dev", "prod", "hetzner", "local"].map((stack) => ({ title: stack, fewest: 3, get: () => ofStack(stack) })),
    ...modes.map(({ mode, size }) => ({ title: `Loki as ${mode}, ${size}`, fewest: 2, get: () => ofLoki({ mode, size }) })),
  ];
  describe.each(all)("of $title", ({ fewest, get }) => {
    let rendered: KubernetesObject[] = [];
    let workloads: Workload[] = [];
    beforeAll(async () => {
      rendered = await get();
      workloads = workloadsOf(rendered);
    });

    it("can be updated on as many nodes as they need, and Helm waits for a pod of each", ({ skip }) => {
      if ("missing" in charts) return skip(charts.missing);
      expect(workloads.length).toBeGreaterThanOrEqual(fewest);
      expect(workloads.filter((one) => !placeableAgain(one, nodesNeeded(one))).map(({ name }) => name)).toEqual([]);
      expect(workloads.filter((one) => podsThatHelmAwaits(one) < 1).map(({ name }) => name)).toEqual([]);
    });

    it("let a node be drained, and lose no two replicas of a ring with it", ({ skip }) => {
      if ("missing" in charts) return skip(charts.missing);
      expect(workloads.filter((one) => !drainable(one, rendered)).map(({ name }) => name)).toEqual([]);
      const inRing = workloads.filter(({ kind, replicas, isCache }) => kind === "StatefulSet" && replicas > 1 && !isCache);
      expect(inRing.filter((one) => !repelsItself(one)).map(({ name }) => name)).toEqual([]);
    });
  });

  it.for(modes)("of Loki as $mode, $size, fit on one node where the cluster is small", async ({ mode, size }, { skip }) => {
    if ("missing" in charts) return skip(charts.missing);
    const workloads = workloadsOf(await ofLoki({ mode, size }, "preferred"));
    expect(workloads.filter((one) => nodesNeeded(one) > 1).map(({ name }) => name)).toEqual([]);
    expect(workloads.filter((one) => !placeableAgain(one, 1)).map(({ name }) => name)).toEqual([]);
  });
});

/** On the worst of all cluster sizes. */
function podsThatHelmAwaits({ kind, replicas, strategy }: Workload): number {
  if (kind === "StatefulSet") return replicas;
  if (kind === "Deployment") return replicas - fenceposts(strategy, replicas).unavailable;
  return Math.min(...[1, 2, 3, 10, 100].map((nodes) => expectedReady(strategy, nodes)));
}
