import { afterAll, beforeAll, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { stackSettings } from "../storage/support/stack";
import { expectOk, previewStack } from "../support/preview";
import { type Ceph, ceph, type Loki, type LokiPlace, loki } from "./servers";
import { freePorts } from "./servers/run/ports";
import { type CephStack, makeCephStack } from "./support/ceph-stack";
import { eventually } from "./support/eventually";
import { read, type Stream } from "./support/lines";
import { localLoki } from "./support/local-loki";
import { describeReal } from "./support/suite";
import { Writer } from "./support/writer";

// Three of them in one ring, as in a cluster: what one holds the others hold as well.
describeReal("three replicas of Loki on Ceph", [ceph, loki], () => {
  const streams: readonly Stream[] = Array.from({ length: 6 }, (_, i) => ({ tenant: undefined, labels: { app: `replicated-${i}` } }));
  let store: Ceph;
  let stack: CephStack;
  let configuration: string;
  let gossip: number[];
  const running: Loki[] = [];

  beforeAll(async () => {
    const storage = { ...(stackSettings("dev").storage as object), bucketPrefix: "replicas" };
    const logs = { components: { monolithic: { replicas: 3 } } };
    const dev = await expectOk(previewStack("dev", { config: { "granary:storage": storage, "granary:logs": logs } }));
    configuration = (dev.resource("granary-logs-release").inputs as { values: { loki: { config: string } } }).values.loki.config;
    store = await ceph.shared();
    stack = await makeCephStack(store, dev);
    gossip = await freePorts(3);
  });
  afterAll(async () => {
    for (const one of running) await one.kill().catch(() => undefined);
  });

  /** On one machine, but in a ring: copies and members are the program's own, only their addresses are not. */
  function inRing(place: LokiPlace, i: number): string {
    const program = parse(configuration);
    const local = parse(localLoki(configuration, place, { endpoint: store.tlsEndpoint, caFile: store.caFile }));
    local.common.replication_factor = program.common.replication_factor;
    local.common.ring = { ...program.common.ring, instance_id: `loki-${i}` };
    local.memberlist = {
      ...program.memberlist,
      bind_addr: ["127.0.0.1"],
      advertise_addr: "127.0.0.1",
      bind_port: gossip[i],
      advertise_port: gossip[i],
      node_name: `loki-${i}`,
      join_members: gossip.map((port) => `127.0.0.1:${port}`),
    };
    local.ingester.lifecycler = { id: `loki-${i}` };
    return stringify(local);
  }

  async function start(configured: (place: LokiPlace) => string): Promise<Loki> {
    const { accessKeyId, secretAccessKey } = await stack.keys("replicas-loki");
    const started = await loki.start({
      configuration: configured,
      env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
    });
    running.push(started);
    return started;
  }

  async function members({ endpoint }: Loki): Promise<Record<string, number>> {
    const text = await (await fetch(`${endpoint}/metrics`)).text();
    const counts = [...text.matchAll(/^loki_ring_members\{name="ingester",state="(\w+)"\} (\d+)$/gm)];
    return Object.fromEntries(counts.map(([, state, count]) => [state, Number(count)]));
  }

  it("lose nothing when one is killed and its volume with it", async () => {
    const [first, second, third] = await Promise.all([0, 1, 2].map((i) => start((place) => inRing(place, i))));
    if (!first || !second || !third) throw new Error("not all have started");
    const writer = new Writer(() => first.endpoint, streams, { retry: true, pause: 20 });
    await writer.reach(6000);
    // A killed Loki's folder is removed: what only it had is gone.
    await third.kill();
    await writer.reach(12_000);
    const written = await writer.stop();
    // What GranaryLogRingUnhealthy goes by: the lost one is soon forgotten, and then only missed among the active.
    const seen = await eventually(
      () => members(first),
      ({ ACTIVE, Unhealthy }) => ACTIVE === 2 && Unhealthy === 0,
      120,
    );
    expect(seen).toMatchObject({ ACTIVE: 2, Unhealthy: 0 });
    await first.stop();
    await second.stop();

    // One that was never in the ring and has only the bucket.
    const reader = await start((place) => localLoki(configuration, place, { endpoint: store.tlsEndpoint, caFile: store.caFile }));
    let found = 0;
    for (const [stream, lines] of written.acknowledged) {
      const there = new Set(await read(reader.endpoint, stream, written.from, written.to));
      const lost = lines.filter((line) => !there.has(line));
      expect({ ...stream.labels, lost: lost.length, first: lost[0] }).toEqual({ ...stream.labels, lost: 0 });
      found += lines.length;
    }
    console.log(`acknowledged ${written.count}, found ${found}; refused meanwhile ${written.refusals.length}`);
    expect(found).toBe(written.count);
    await reader.kill();
  });
});
