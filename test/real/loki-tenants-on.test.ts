import { rmSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import { lokiConfig } from "../../components/logs/config";
import { diskBinding, lokiInput } from "../logs/fixture";
import { logs } from "../observe/fixture";
import { type Loki, loki } from "./servers";
import { newFolder } from "./servers/run/run";
import { read, type Stream } from "./support/lines";
import { localLoki } from "./support/local-loki";
import { describeReal } from "./support/suite";
import { Writer, type Written } from "./support/writer";

// A stack gets tenants while Alloy goes on writing with the configuration that it had.
describeReal("Loki whose stack gets tenants", [loki], () => {
  const running: Loki[] = [];
  const folder = newFolder("volume");
  afterEach(async () => {
    for (const one of running.splice(0)) await one.kill().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(tenants: readonly string[]): Promise<Loki> {
    const input = lokiInput(
      {},
      tenants.map((name) => ({ name })),
      { chunks: diskBinding, ruler: diskBinding },
    );
    const started = await loki.start({ configuration: (place) => localLoki(lokiConfig(input), { ...place, folder }) });
    running.push(started);
    return started;
  }
  const writerTo = (current: () => Loki, tenant: string) => {
    const streams: Stream[] = [1, 2].map((n) => ({ tenant, labels: { app: `${tenant}-${n}` } }));
    return new Writer(() => current().endpoint, streams, { retry: true, pause: 50 });
  };
  async function lost({ endpoint }: Loki, { acknowledged, from, to }: Written): Promise<string[]> {
    const missing: string[] = [];
    for (const [stream, lines] of acknowledged) {
      const there = new Set(await read(endpoint, stream, from, to));
      missing.push(...lines.filter((line) => !there.has(line)));
    }
    return missing;
  }

  it("refuses nothing of a sender with the former configuration, and finds all that was ever written", async () => {
    let current = await start([]);
    const former = writerTo(() => current, logs.singleTenant);
    await former.reach(1000);
    await current.stop();
    running.splice(0);

    current = await start(["platform", "payments"]);
    const already = former.count;
    await former.reach(already + 1000);
    const payments = writerTo(() => current, "payments");
    await payments.reach(1000);
    const [before, after] = [await former.stop(), await payments.stop()];

    const refused = [...before.refusals, ...after.refusals].filter((message) => /^4\d\d/.test(message));
    console.log(
      `acknowledged under ${logs.singleTenant}: ${before.count}, of them ${before.count - already} with tenants on; under payments: ${after.count}; refused: ${refused.length}`,
    );
    expect(refused).toEqual([]);
    expect(await lost(current, before)).toEqual([]);
    expect(await lost(current, after)).toEqual([]);
    // What was written before is no tenant's.
    const [stream] = before.acknowledged.keys();
    if (!stream) throw new Error("nothing was written");
    expect(await read(current.endpoint, { ...stream, tenant: "platform" }, before.from, before.to)).toEqual([]);
    // Without a tenant Loki refuses: that is what Alloy's header avoids.
    await expect(read(current.endpoint, { ...stream, tenant: undefined }, before.from, before.to)).rejects.toThrow("401 no org id");
  });
});
