/**
 * What a day of logs costs at an object store: Granary's configuration of Loki against the chart's own, real Loki on a real S3, the same lines.
 *
 *   node bin/run.mjs bench/data-path.ts            a day's lines in six minutes: chunks, and queries over that day
 *   node bin/run.mjs bench/data-path.ts --index    an hour on the wall: what index and compactor ask for, whatever is written
 *
 * Loki decides by its lines' own times when a chunk is old, so that a day's worth of lines can be handed in quickly; only how long a stream is silent it
 * takes from the wall, and that is shortened by as much. Index files, compaction and listings go by the wall alone: hence the second measurement.
 */
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { type Ceph, ceph, type Loki, loki } from "../test/real/servers";
import { s3 } from "../test/real/support/s3";
import { ask, stored } from "./data-path/ask";
import { type Clock, type Configuration, chartDefaults, granary } from "./data-path/configurations";
import { line, sources } from "./data-path/day";
import { type Door, openDoor, type Requests } from "./data-path/door";
import { day, pause, pushDay, send } from "./data-path/push";

const megabytes = 400;

interface Subject {
  readonly name: string;
  readonly bucket: string;
  readonly configuration: Configuration;
}

const subjects: readonly Subject[] = [
  { name: "granary", bucket: "granary", configuration: granary("granary") },
  { name: "chart", bucket: "chart", configuration: chartDefaults("chart") },
];

interface Running {
  readonly subject: Subject;
  readonly door: Door;
  readonly loki: Loki;
}

async function start(store: Ceph, subject: Subject, clock: Clock): Promise<Running> {
  const door = await openDoor(store.endpoint, subject.bucket, "fake");
  const { accessKeyId, secretAccessKey } = store.credentials;
  const started = await loki.start({
    configuration: (place) => subject.configuration(place, door.endpoint, clock),
    env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  });
  return { subject, door, loki: started };
}

const endpointsOf = (running: readonly Running[]): string[] => running.map(({ loki: one }) => one.endpoint);

async function stop(running: readonly Running[]): Promise<void> {
  for (const { loki: one, door } of running) {
    await one.stop();
    door.close();
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const say = (text: string) => process.stdout.write(`${text}\n`);
const number = (value: number, digits = 0) => value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });
/** Deleting costs nothing. */
const billed = ({ put, get, list, head }: Requests): number => put + get + list + head;

function table(rows: readonly (readonly [string, number, number, number?])[]): void {
  say(`${"".padEnd(44)}${"granary".padStart(12)}${"chart".padStart(12)}${"ratio".padStart(8)}`);
  for (const [what, ours, theirs, digits = 0] of rows) {
    const ratio = theirs === 0 ? "" : (ours / theirs).toFixed(2);
    say(`${what.padEnd(44)}${number(ours, digits).padStart(12)}${number(theirs, digits).padStart(12)}${ratio.padStart(8)}`);
  }
}

async function measureDay(store: Ceph, client: S3Client): Promise<void> {
  const wall = 360_000;
  const from = Date.now() - day - 60_000;
  const writers = await Promise.all(subjects.map((subject) => start(store, subject, { faster: day / wall })));
  const bytes = await pushDay(endpointsOf(writers), megabytes, wall, from);
  await stop(writers);
  const [ours, theirs] = await Promise.all(subjects.map(({ bucket }) => stored(client, bucket)));
  const times: Record<string, number[]> = { granary: [], chart: [] };
  const gets: Record<string, number> = {};
  for (let round = 0; round < 3; round++) {
    for (const subject of subjects) {
      const reader = await start(store, subject, { faster: 1 });
      const before = reader.door.chunks.get;
      times[subject.name]?.push(await ask(reader.loki.endpoint, from));
      gets[subject.name] = reader.door.chunks.get - before;
      await stop([reader]);
    }
  }
  if (!ours || !theirs) return;
  const gigabytes = bytes / 1e9;
  const [a, b] = writers.map(({ door }) => door.chunks);
  say(`A day's ${number(bytes / 1e6)} MB in 40 streams, handed in within ${wall / 60_000} minutes`);
  table([
    ["PUT of chunks per GB", (a?.put ?? 0) / gigabytes, (b?.put ?? 0) / gigabytes],
    ["mean size of a chunk, kB", ours.bytes / ours.objects / 1e3, theirs.bytes / theirs.objects / 1e3],
    ["bytes stored per byte taken in", ours.bytes / bytes, theirs.bytes / bytes, 3],
    ["GET for three questions about the day, per GB", (gets.granary ?? 0) / gigabytes, (gets.chart ?? 0) / gigabytes],
    ["time for them, s, median of 3", median(times.granary ?? []), median(times.chart ?? []), 2],
  ]);
}

async function measureIndex(store: Ceph): Promise<void> {
  const minutes = 61;
  const running = await Promise.all(subjects.map((subject) => start(store, subject, { faster: 1 })));
  const began = Date.now();
  for (let n = 0; Date.now() - began < minutes * 60_000; n++) {
    const time = `${Date.now()}000000`;
    await send(
      endpointsOf(running),
      sources(1).map(({ labels }) => ({ stream: labels, values: [[time, line(labels.app ?? "", n)]] })),
    );
    // As on a day with more to write, chunks leave all the time, and each quarter of an hour has an index of its own.
    if (n % 30 === 29) for (const { loki: one } of running) await fetch(`${one.endpoint}/flush`, { method: "POST" });
    await pause(10_000);
  }
  const [ours, theirs] = running.map(({ door }) => structuredClone(door.rest));
  await stop(running);
  if (!ours || !theirs) return;
  say(`What index and compactor ask for in an hour, times 24`);
  const aDay = (count: number) => (count * 24 * 60) / minutes;
  table([
    ["PUT per day", aDay(ours.put), aDay(theirs.put)],
    ["GET and HEAD per day", aDay(ours.get + ours.head), aDay(theirs.get + theirs.head)],
    ["LIST per day", aDay(ours.list), aDay(theirs.list)],
    ["all of them per day", aDay(billed(ours)), aDay(billed(theirs))],
  ]);
}

async function main(): Promise<void> {
  const missing = [...ceph.missing(), ...loki.missing()];
  if (missing.length > 0) throw new Error(missing.join("\n"));
  const store = await ceph.start({});
  try {
    const client = s3(store.endpoint, store.credentials);
    for (const { bucket } of subjects) await client.send(new CreateBucketCommand({ Bucket: bucket }));
    if (process.argv.includes("--index")) await measureIndex(store);
    else await measureDay(store, client);
  } finally {
    await store.stop();
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
