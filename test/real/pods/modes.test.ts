// Loki's modes on one node, each reached by an `up` on the living stack: lines of the mode before stay, new ones reach the bucket.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { LogsEndpoint } from "../../../components/logs/endpoint";
import { expectOk, previewStack } from "../../support/preview";
import type { Settings } from "../servers";
import { expectLineFromStore, minutes } from "../support/pods/checks";
import { clients, startClients } from "../support/pods/clients";
import { type Found, pushLine, query, queryUntil } from "../support/pods/loki";
import { unreadyPods } from "../support/pods/ready";
import { namespace, type PodStack, podStackNeeds, preparePodStack } from "../support/pods/stack";
import { describeReal } from "../support/suite";

// The only node takes all replicas of a program.
const settingsOf = (mode: LogsEndpoint["mode"]): Settings => ({
  "granary:cluster": { existingNamespaces: [namespace], spread: "preferred" },
  "granary:logs": { mode },
});
const modes = ["simple-scalable", "distributed", "monolithic"] as const;

describeReal("Loki's modes in pods", podStackNeeds, () => {
  let stack: PodStack;
  let endpoint: LogsEndpoint;
  const seconds: Record<string, number> = {};

  const push = (label: string, line: string, at: Date) =>
    pushLine(stack.cluster, clients.alloy, endpoint.pushUrl.replace(/\/loki\/.*/, ""), label, line, at);
  const find = (label: string, count: number, start: Date, end: Date): Promise<Found> =>
    queryUntil(count, () => query(stack.cluster, clients.grafana, endpoint.queryUrl, label, [start, end]));

  const linesOfLastHour = async (label: string) => (await find(label, 1, new Date(Date.now() - minutes(60)), new Date())).lines;

  async function bringUp(mode: LogsEndpoint["mode"], name: string): Promise<void> {
    stack.project.configure(settingsOf(mode));
    const up = await stack.project.expectOk(stack.project.up());
    seconds[name] = Math.round(up.seconds);
    const offline = await expectOk(previewStack("local", { config: settingsOf(mode) }));
    endpoint = offline.outputs.logs as unknown as LogsEndpoint;
  }

  beforeAll(async () => {
    stack = await preparePodStack(settingsOf("monolithic"));
    await bringUp("monolithic", "first up");
    await startClients(stack.cluster);
    expect(await push("before", "a line in memory", new Date())).toBe("204");
  });
  afterAll(async () => {
    console.log(`modes in pods: seconds ${JSON.stringify(seconds)}`);
    await stack?.stop();
  });

  for (const mode of modes)
    it(`changes to ${mode}, and keeps what was written before`, async () => {
      await bringUp(mode, mode);
      expect(await unreadyPods(stack.cluster)).toEqual([]);
      expect(await linesOfLastHour("before")).toEqual(["a line in memory"]);
      const now = new Date();
      expect(await push(mode, "a line of now", now)).toBe("204");
      const found = await find(mode, 1, new Date(now.getTime() - minutes(1)), new Date(now.getTime() + minutes(1)));
      expect(found.lines).toEqual(["a line of now"]);
    });

  it("reads in the last of them what was written in the others, and from the bucket", async () => {
    for (const mode of modes) expect(await linesOfLastHour(mode)).toEqual(["a line of now"]);
    await expectLineFromStore(stack.cluster);
  });
});
