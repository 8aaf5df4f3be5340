// The shipped stack `local` in real pods: a real engine brings it up on a real node, lines go in as Alloy pushes them and come out of the
// bucket as Grafana reads them. Tempo's and Alloy's own programs run where GRANARY_TEMPO and GRANARY_ALLOY name them; elsewhere their pods
// run a stand-in that only answers probes.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Cluster } from "../servers";
import { alloyBinary } from "../support/alloy";
import { expectLineFromStore, expectNoLossByKill, expectStrangersRefused, gateway, loki, refused } from "../support/pods/checks";
import { clients, startClients } from "../support/pods/clients";
import { expectCollectedLog, expectNoLossByUpdate, expectTraceInStore } from "../support/pods/collected";
import { unreadyPods } from "../support/pods/ready";
import { namespace, type PodStack, podStackNeeds, preparePodStack } from "../support/pods/stack";
import { requestFrom } from "../support/probe-pod";
import { describeReal } from "../support/suite";
import { tempoBinary } from "../support/tempo";

describeReal("The stack local in pods", podStackNeeds, () => {
  let stack: PodStack;
  let cluster: Cluster;
  const seconds: Record<string, number> = {};

  beforeAll(async () => {
    stack = await preparePodStack();
    cluster = stack.cluster;
  });
  afterAll(async () => {
    console.log(`local in pods: seconds ${JSON.stringify(seconds)}`);
    await stack?.stop();
  });

  it("comes up from an empty cluster, with every pod ready", async () => {
    const up = await stack.project.expectOk(stack.project.up());
    seconds.up = Math.round(up.seconds);
    expect(await unreadyPods(cluster)).toEqual([]);
    await startClients(cluster);
  });

  it("stores a line in the bucket, and finds it there", async () => {
    const began = Date.now();
    await expectLineFromStore(cluster);
    seconds["line found after"] = Math.round((Date.now() - began) / 100) / 10;
  });

  it.skipIf(alloyBinary === undefined)("collects what pods write", () => expectCollectedLog(stack));

  it.skipIf(alloyBinary === undefined)("loses no line that a pod writes while Alloy is updated", () => expectNoLossByUpdate(stack));

  it.skipIf(alloyBinary === undefined || tempoBinary === undefined)("stores a trace that a pod sends", () => expectTraceInStore(stack));

  it("lets in those that its network policies name, and refuses others", async () => {
    expect(await requestFrom(cluster, clients.prometheus, `${loki}/metrics`)).toMatch(/^200 /);
    await expectStrangersRefused(cluster);
    expect(await requestFrom(cluster, clients.stranger, `${gateway}/`)).toMatch(refused);
    expect(await requestFrom(cluster, clients.alloy, `${gateway}/`)).toMatch(refused);
  });

  it("loses no acknowledged line when its pod is killed", () => expectNoLossByKill(cluster, 400));

  it("changes nothing with a second up, and has nothing to refresh", async () => {
    const again = await stack.project.up("--expect-no-changes");
    expect(again.code, again.text).toBe(0);
    const refresh = await stack.project.previewRefresh("--expect-no-changes");
    expect(refresh.code, refresh.text).toBe(0);
  });

  it("is destroyed when it is unprotected, and leaves lines in the bucket", async () => {
    await stack.project.unprotect();
    const destroy = await stack.project.destroy();
    expect(destroy.code, destroy.text).toBe(0);
    seconds.destroy = Math.round(destroy.seconds);
    const { body } = await cluster.client.request("GET", `/api/v1/namespaces/${namespace}/pods`);
    expect((body as { items: unknown[] }).items).toEqual([]);
    expect((await stack.objects("granary-loki-chunks")).filter((key) => key.startsWith("fake/"))).not.toEqual([]);
  });
});
