// Logs and traces on plain disk, in real pods: what was acknowledged outlives the pod, on its volume.
import { afterAll, beforeAll, expect, it } from "vitest";
import { expectLineFromStore, expectNoLossByKill, expectStrangersRefused, gateway, refused } from "../support/pods/checks";
import { clients, startClients } from "../support/pods/clients";
import { unreadyPods } from "../support/pods/ready";
import { type PodStack, podStackNeeds, preparePodStack } from "../support/pods/stack";
import { createNamespace, requestFrom, startProbePod } from "../support/probe-pod";
import { describeReal } from "../support/suite";

const shop = { namespace: "shop", name: "shop" };

describeReal("A stack on plain disk in pods", podStackNeeds, () => {
  let stack: PodStack;

  beforeAll(async () => {
    stack = await preparePodStack({
      "granary:storage": { kind: "filesystem" },
      "granary:secrets": {},
      "granary:network": { pushFrom: [shop.namespace] },
    });
    const up = await stack.project.expectOk(stack.project.up());
    console.log(`filesystem in pods: up ${Math.round(up.seconds)} seconds`);
    await startClients(stack.cluster);
  });
  afterAll(() => stack?.stop());

  it("has every pod ready", async () => {
    expect(await unreadyPods(stack.cluster)).toEqual([]);
  });

  it("reads a line back from its volume", () => expectLineFromStore(stack.cluster));

  it("refuses those whom its network policies do not name", () => expectStrangersRefused(stack.cluster));

  it("lets the namespaces of network.pushFrom into the gateway, and refuses others", async () => {
    await createNamespace(stack.cluster, shop.namespace);
    await startProbePod(stack.cluster, shop);
    expect(await requestFrom(stack.cluster, shop, `${gateway}/`)).toMatch(/^200 /);
    expect(await requestFrom(stack.cluster, clients.stranger, `${gateway}/`)).toMatch(refused);
  });

  it("loses no acknowledged line when its pod is killed", () => expectNoLossByKill(stack.cluster, 200));
});
