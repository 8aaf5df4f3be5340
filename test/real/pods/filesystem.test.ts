// Logs and traces on plain disk, in real pods: what was acknowledged outlives the pod, on its volume.
import { afterAll, beforeAll, expect, it } from "vitest";
import { clients, startClients } from "../support/pods/clients";
import { flush, pushLine, pushLines, query, queryUntil } from "../support/pods/loki";
import { unreadyPods } from "../support/pods/ready";
import { namespace, type PodStack, podStackNeeds, preparePodStack } from "../support/pods/stack";
import { describeReal } from "../support/suite";

const loki = "http://loki.observability.svc:3100";
const minutes = (count: number) => count * 60_000;

describeReal("A stack on plain disk in pods", podStackNeeds, () => {
  let stack: PodStack;
  const find = (label: string, count: number, start: Date, end: Date) =>
    queryUntil(count, () => query(stack.cluster, clients.grafana, loki, label, start, end));

  beforeAll(async () => {
    stack = await preparePodStack({ "granary:storage": { kind: "filesystem" }, "granary:secrets": {} });
    const up = await stack.project.expectOk(stack.project.up());
    console.log(`filesystem in pods: up ${Math.round(up.seconds)} seconds`);
    await startClients(stack.cluster);
  });
  afterAll(() => stack?.stop());

  it("has every pod ready", async () => {
    expect(await unreadyPods(stack.cluster)).toEqual([]);
  });

  it("reads a line back from its volume", async () => {
    const at = new Date(Date.now() - minutes(240));
    expect(await pushLine(stack.cluster, clients.alloy, loki, "disk", "a line of four hours ago", at)).toBe("204");
    await flush(stack.cluster, namespace);
    const found = await find("disk", 1, new Date(at.getTime() - minutes(5)), new Date(at.getTime() + minutes(5)));
    expect(found).toEqual({ lines: ["a line of four hours ago"], chunksDownloaded: 1 });
  });

  it("loses no acknowledged line when its pod is killed", async () => {
    const began = new Date(Date.now() - minutes(1));
    const pushing = pushLines(stack.cluster, clients.alloy, loki, "killed", 200);
    await new Promise((done) => setTimeout(done, 1000));
    await stack.cluster.kubectl("-n", namespace, "delete", "pod", "loki-0", "--grace-period=0", "--force");
    expect(await pushing).toBe(200);
    const found = await find("killed", 200, began, new Date(Date.now() + minutes(1)));
    expect(new Set(found.lines).size).toBe(200);
  });
});
