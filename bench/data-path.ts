/**
 * What a day of logs costs at an object store: Granary's configuration of Loki against the chart's own, real Loki on a real S3, the same lines.
 *
 *   node bin/run.mjs bench/data-path.ts            a day's lines in six minutes: chunks, and queries over that day
 *   node bin/run.mjs bench/data-path.ts --index    an hour on the wall: what index and compactor ask for, whatever is written
 *
 * Loki decides by its lines' own times when a chunk is old, so that a day's worth of lines can be handed in quickly; only how long a stream is silent it
 * takes from the wall, and that is shortened by as much. Index files, compaction and listings go by the wall alone: hence the second measurement.
 */
import { CreateBucketCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { type Ceph, ceph, type Loki, loki } from "../test/real/servers";
import { s3 } from "../test/real/support/s3";
import { type Clock, type Configuration, chartDefaults, granary } from "./data-path/configurations";
import { line, type Source, sources } from "./data-path/day";
import { type Door, openDoor, type Requests } from "./data-path/door";

const megabytes = 400;
const day = 86_400_000;
const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

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

async function stop(running: readonly Running[]): Promise<void> {
  for (const { loki: one, door } of running) {
    await one.stop();
    door.close();
  }
}

async function send(
  running: readonly Running[],
  streams: readonly { stream: Source["labels"]; values: [string, string][] }[],
): Promise<void> {
  const body = JSON.stringify({ streams });
  const headers = { "Content-Type": "application/json" };
  for (const { loki: one } of running) {
    const answer = await fetch(`${one.endpoint}/loki/api/v1/push`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  }
}

/** Returns the bytes handed in. */
async function pushDay(running: readonly Running[], wall: number, from: number): Promise<number> {
  const all = sources(megabytes);
  const counters = new Map<Source, number>();
  const step = 500 / wall;
  const began = Date.now();
  let bytes = 0;
  for (let at = 0; at < 1; at += step) {
    const streams = all.flatMap((source) => {
      const count = source.lines(at, step);
      if (count === 0) return [];
      const first = counters.get(source) ?? 0;
      counters.set(source, first + count);
      const values = Array.from({ length: count }, (_, i): [string, string] => {
        const time = from + (at + (step * i) / count) * day;
        const text = line(source.labels.app ?? "", first + i);
        bytes += text.length;
        return [`${Math.floor(time)}${String(i % 1_000_000).padStart(6, "0")}`, text];
      });
      return [{ stream: source.labels, values }];
    });
    await send(running, streams);
    const ahead = (at + step) * wall - (Date.now() - began);
    if (ahead > 0) await pause(ahead);
  }
  return bytes;
}

interface Stored {
  readonly objects: number;
  readonly bytes: number;
}

async function stored(client: S3Client, Bucket: string): Promise<Stored> {
  let [objects, bytes] = [0, 0];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: "fake/", ContinuationToken }));
    for (const { Size = 0 } of page.Contents ?? []) {
      objects++;
      bytes += Size;
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return { objects, bytes };
}

/** As people ask about a day: a needle in one program's lines, rates over everything, the newest lines of a quiet program. */
const questions = (from: number) => {
  const range = { start: `${from}000000`, end: `${from + day}000000` };
  return [
    { query: '{app="busy-3"} |= "no-such-request"', limit: "100", ...range },
    { query: 'sum by (level) (count_over_time({namespace=~".+"} | json level="level" [30m]))', step: "1800", ...range },
    { query: '{app="bursty-7"}', limit: "1000", ...range },
  ];
};

/** By a Loki that has asked for nothing yet, so that every answer comes from the store. */
async function ask({ loki: one }: Running, from: number): Promise<number> {
  const began = performance.now();
  for (const question of questions(from)) {
    const answer = await fetch(`${one.endpoint}/loki/api/v1/query_range?${new URLSearchParams(question)}`);
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  }
  return (performance.now() - began) / 1000;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const say = (text: string) => process.stdout.write(`${text}\n`);
const number = (value: number, digits = 0) => value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });
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
  const bytes = await pushDay(writers, wall, from);
  await stop(writers);
  const [ours, theirs] = await Promise.all(subjects.map(({ bucket }) => stored(client, bucket)));
  const times: Record<string, number[]> = { granary: [], chart: [] };
  const gets: Record<string, number> = {};
  for (let round = 0; round < 3; round++) {
    for (const subject of subjects) {
      const reader = await start(store, subject, { faster: 1 });
      const before = reader.door.chunks.get;
      times[subject.name]?.push(await ask(reader, from));
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
      running,
      sources(1).map(({ labels }) => ({ stream: labels, values: [[time, line(labels.app ?? "", n)]] })),
    );
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
