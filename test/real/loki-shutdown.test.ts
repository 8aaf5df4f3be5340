import { rmSync } from "node:fs";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { lokiConfig } from "../../components/logs/config";
import { gracePeriod } from "../../components/logs/shutdown";
import { cephBinding, lokiInput } from "../logs/fixture";
import { type Loki, loki, type Seaweed, seaweedfs } from "./servers";
import { newFolder } from "./servers/run/run";
import { eventually } from "./support/eventually";
import { metric } from "./support/faults";
import { type Line, now, push, read, type Stream, seconds, text } from "./support/lines";
import { localLoki } from "./support/local-loki";
import { type RefusingDoor, refusingDoor } from "./support/refusing-door";
import { s3 } from "./support/s3";
import { describeReal } from "./support/suite";
import { pause } from "./support/writer";

// How long a stop takes, and what it leaves, by what the store does meanwhile. Times are those of the cluster: nothing is shortened.
describeReal("Loki that is stopped", [seaweedfs, loki], () => {
  const stream: Stream = { tenant: undefined, labels: { app: "stopped" } };
  const buckets = { chunks: "shutdown-chunks", ruler: "shutdown-ruler" };
  const input = lokiInput({}, [], { chunks: { ...cephBinding("granary-loki-chunks"), prefix: "" } });
  let store: Seaweed;
  let door: RefusingDoor;
  const volumes: string[] = [];
  const running: Loki[] = [];

  beforeAll(async () => {
    store = await seaweedfs.shared();
    const client = s3(store.endpoint, store.credentials);
    for (const Bucket of Object.values(buckets)) await client.send(new CreateBucketCommand({ Bucket }));
    door = await refusingDoor(store.endpoint);
  });
  afterEach(async () => {
    door.refuses = false;
    for (const one of running.splice(0)) await one.kill().catch(() => undefined);
    for (const folder of volumes.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  afterAll(() => door?.close());

  function newVolume(): string {
    const folder = newFolder("volume");
    volumes.push(folder);
    return folder;
  }

  async function start(folder: string, configured = input): Promise<Loki> {
    const { accessKeyId, secretAccessKey } = store.credentials;
    const started = await loki.start({
      configuration: (place) => localLoki(lokiConfig(configured), { ...place, folder }, { endpoint: door.endpoint, buckets }),
      env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
    });
    running.push(started);
    return started;
  }

  const begin = now() - seconds(60);
  let written = 0;
  async function write(to: Loki): Promise<string[]> {
    const lines = Array.from({ length: 500 }, (_, i): Line => ({ time: now() + BigInt(i), text: text(stream, written++) }));
    await push(to.endpoint, stream, lines);
    return lines.map((line) => line.text);
  }
  const found = async (by: Loki) => new Set(await read(by.endpoint, stream, begin, now() + seconds(60)));

  /** As the kubelet stops a container; the seconds that it took, or undefined where it still runs after so many. */
  async function terminate({ pid, exitCode }: Loki, patience: number): Promise<{ took: number; code: number | undefined } | undefined> {
    const since = Date.now();
    process.kill(pid, "SIGTERM");
    return Promise.race([
      exitCode.then((code) => ({ took: (Date.now() - since) / 1000, code })),
      pause(patience * 1000).then(() => undefined),
    ]);
  }

  it("has handed all lines to a store that takes them, and ends well before the grace period", async () => {
    const one = await start(newVolume());
    const lines = await write(one);
    const ended = await terminate(one, gracePeriod(input.config));
    console.log(`stopped with a store that takes writes: ${JSON.stringify(ended)}`);
    expect(ended?.code).toBe(0);
    expect(ended?.took).toBeLessThan(gracePeriod(input.config) / 2);
    // An empty disk: what it finds is in the bucket.
    const there = await found(await start(newVolume()));
    expect(lines.filter((line) => !there.has(line))).toEqual([]);
  });

  it("ends by itself when the store takes writes again within the grace period", async () => {
    const one = await start(newVolume());
    const lines = await write(one);
    door.refuses = true;
    const ending = terminate(one, gracePeriod(input.config));
    const failures = () => metric(one, "loki_ingester_chunks_flush_failures_total");
    expect(await eventually(failures, (count) => count > 2, 30)).toBeGreaterThan(2);
    door.refuses = false;
    const ended = await ending;
    console.log(`stopped with a store that takes writes again: ${JSON.stringify(ended)}`);
    expect(ended?.code).toBe(0);
    const there = await found(await start(newVolume()));
    expect(lines.filter((line) => !there.has(line))).toEqual([]);
  });

  it("tries until it is killed where the store refuses all writes, however few retries it is given, and loses nothing", async () => {
    const folder = newVolume();
    const backoff = { max_retries: 2, max_period: "1s" };
    const one = await start(folder, lokiInput({ extraConfig: { ingester: { flush_op_backoff: backoff } } }, [], input));
    const lines = await write(one);
    door.refuses = true;
    const patience = 30;
    expect(await terminate(one, patience)).toBeUndefined();
    const failures = await metric(one, "loki_ingester_chunks_flush_failures_total");
    console.log(`still stopping after ${patience} s with a store that refuses; failed flushes: ${failures}`);
    expect(failures).toBeGreaterThan(2 * backoff.max_retries);
    await one.kill();
    door.refuses = false;
    const there = await found(await start(folder));
    expect(lines.filter((line) => !there.has(line))).toEqual([]);
  });
});
