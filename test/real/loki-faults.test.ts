import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { stackSettings } from "../storage/support/stack";
import { expectOk, previewStack } from "../support/preview";
import { type Ceph, ceph, type Keys, type Loki, loki } from "./servers";
import { newFolder } from "./servers/run/run";
import { type CephStack, makeCephStack } from "./support/ceph-stack";
import { metric, slowDoor, smallDisk } from "./support/faults";
import { read, type Stream } from "./support/lines";
import { localLoki } from "./support/local-loki";
import { describeReal } from "./support/suite";
import { pause, Writer, type Written } from "./support/writer";

// What is acknowledged is kept, whatever happens to Loki, to its store, to its disk or to its keys.

const user = "faults-loki";
const streams: readonly Stream[] = Array.from({ length: 8 }, (_, i) => ({ tenant: undefined, labels: { app: `faults-${i}` } }));

describeReal("Loki of dev on Ceph, when something fails", [ceph, loki], () => {
  let store: Ceph;
  let stack: CephStack;
  let configuration: string;
  let keys: Keys;
  /** Stands for the volume: it outlives the Loki that writes to it. */
  let volume: string;
  const volumes: string[] = [];
  const running: Loki[] = [];

  beforeAll(async () => {
    // A store of its own, for it is killed. Small chunks are flushed all the time, so that a fault always hits a flush, and tried again soon.
    const storage = { ...(stackSettings("dev").storage as object), bucketPrefix: "faults" };
    const logs = {
      chunks: { targetSize: "64Ki", idle: "5s", age: "10s" },
      extraConfig: { ingester: { flush_check_period: "1s", flush_op_backoff: { min_period: "1s", max_period: "3s" } } },
    };
    const dev = await expectOk(previewStack("dev", { config: { "granary:storage": storage, "granary:logs": logs } }));
    const { values } = dev.resource("granary-logs-release").inputs as { values: { loki: { config: string } } };
    configuration = values.loki.config;
    store = await ceph.start({});
    stack = await makeCephStack(store, dev);
    keys = await stack.keys(user);
  });
  afterEach(async () => {
    for (const one of running.splice(0)) await one.kill().catch(() => undefined);
    for (const folder of volumes.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  afterAll(() => store?.stop());

  function newVolume(): void {
    volume = newFolder("volume");
    volumes.push(volume);
  }

  async function start(endpoint = store.tlsEndpoint, { accessKeyId, secretAccessKey } = keys, folder = volume): Promise<Loki> {
    mkdirSync(folder, { recursive: true });
    const started = await loki.start({
      configuration: (place) => localLoki(configuration, { ...place, folder }, { endpoint, caFile: store.caFile }),
      env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
    });
    running.push(started);
    return started;
  }

  /** Stops when nothing waits to be sent any more: a pod is given five minutes for that, a test's server less. */
  async function stop(one: Loki): Promise<void> {
    const deadline = Date.now() + 180_000;
    while ((await metric(one, "loki_ingester_flush_queue_length")) > 0 && Date.now() < deadline) await pause(500);
    running.splice(running.indexOf(one), 1);
    await one.stop();
  }

  /** Every acknowledged line, by its very text, from a Loki that has an empty disk and so only what is in the bucket. */
  async function expectAllInBucket(written: Written): Promise<void> {
    newVolume();
    const reader = await start();
    let found = 0;
    for (const [stream, lines] of written.acknowledged) {
      const there = new Set(await read(reader.endpoint, stream, written.from, written.to));
      const lost = lines.filter((line) => !there.has(line));
      expect({ ...stream.labels, lost: lost.length, first: lost[0], last: lost.at(-1) }).toEqual({ ...stream.labels, lost: 0 });
      found += lines.length;
    }
    console.log(`acknowledged ${written.count}, found ${found}; refused meanwhile ${written.refusals.length}`);
    expect(written.count).toBeGreaterThan(1000);
    expect(found).toBe(written.count);
    await stop(reader);
  }

  it("loses nothing to kill -9 while it writes", async () => {
    newVolume();
    let current = await start();
    const writer = new Writer(() => current.endpoint, streams, { retry: true, pause: 20 });
    for (const killed of [3000, 9000]) {
      await writer.reach(killed);
      running.splice(running.indexOf(current), 1);
      await current.kill();
      current = await start();
    }
    await writer.reach(15_000);
    const written = await writer.stop();
    expect(written.refusals.length).toBeGreaterThan(0);
    await stop(current);
    await expectAllInBucket(written);
  });

  it("loses nothing when the store is away for a minute, and says so", async () => {
    newVolume();
    const current = await start();
    const writer = new Writer(() => current.endpoint, streams, { retry: true, pause: 1000 });
    await writer.reach(2000);
    await store.gateway.kill();
    const before = writer.count;
    await pause(60_000);
    const meanwhile = writer.count - before;
    const failures = await metric(current, "loki_ingester_chunks_flush_failures_total");
    await store.gateway.resume();
    await writer.reach(writer.count + 2000);
    const written = await writer.stop();
    console.log(`taken in without a store: ${meanwhile} lines; failed flushes: ${failures}`);
    expect(meanwhile).toBeGreaterThan(1000);
    expect(failures).toBeGreaterThan(0);
    await stop(current);
    await expectAllInBucket(written);
  });

  it("loses nothing to a store that is slow", async () => {
    newVolume();
    const slow = await slowDoor(store.tlsEndpoint, 400);
    try {
      const current = await start(slow.endpoint);
      const writer = new Writer(() => current.endpoint, streams, { retry: true, pause: 50 });
      await writer.reach(10_000);
      const written = await writer.stop();
      expect(written.refusals).toEqual([]);
      await stop(current);
      await expectAllInBucket(written);
    } finally {
      slow.close();
    }
  });

  it("loses nothing while its key is changed: both are valid until the old one goes", async () => {
    newVolume();
    const fresh: Keys = { accessKeyId: "ROTATED0000000000001", secretAccessKey: "r".repeat(40) };
    let current = await start();
    const writer = new Writer(() => current.endpoint, streams, { retry: true, pause: 50 });
    await writer.reach(3000);
    await store.admin(
      "key",
      "create",
      "--uid",
      user,
      "--key-type",
      "s3",
      "--access-key",
      fresh.accessKeyId,
      "--secret-key",
      fresh.secretAccessKey,
    );
    // The annotation on the pods has changed: they are replaced, and the new ones have the new key.
    await stop(current);
    current = await start(store.tlsEndpoint, fresh);
    await store.admin("key", "rm", "--uid", user, "--access-key", keys.accessKeyId);
    keys = fresh;
    await writer.reach(9000);
    const written = await writer.stop();
    await stop(current);
    await expectAllInBucket(written);
  });

  const small = smallDisk();
  const title = "takes nothing in that a full disk could not keep, and says so";
  it.skipIf(!small)(small ? title : `${title} (no small disk can be mounted here)`, async () => {
    newVolume();
    const disk = join(volume, "disk");
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", disk]);
    const ballast = join(disk, "ballast");
    writeFileSync(ballast, Buffer.alloc(52 * 2 ** 20));
    try {
      const current = await start(store.tlsEndpoint, keys, disk);
      // Without its store nothing leaves the disk, so that it must fill; slowly, for Loki looks at it every ten seconds.
      await store.gateway.kill();
      const writer = new Writer(() => current.endpoint, streams, { retry: false, pause: 250 });
      const deadline = Date.now() + 180_000;
      while (writer.refused === 0 && Date.now() < deadline) await pause(100);
      const written = await writer.stop();
      const failures = await metric(current, "loki_ingester_wal_disk_full_failures_total");
      console.log(`refused with: ${written.refusals[0]}; loki_ingester_wal_disk_full_failures_total ${failures}`);
      expect(written.refusals.length).toBeGreaterThan(0);
      expect(failures).toBeGreaterThan(0);
      // What GranaryLogWalDiskFull goes by.
      expect(await metric(current, "loki_ingester_wal_disk_usage_percent")).toBeGreaterThanOrEqual(0.9);
      // The volume is enlarged, and the store is back.
      rmSync(ballast);
      await store.gateway.resume();
      await stop(current);
      await expectAllInBucket(written);
    } finally {
      execFileSync("umount", ["-l", disk]);
    }
  });
});
