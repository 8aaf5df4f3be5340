import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { previewStore, withStorage } from "../storage/support/stack";
import { type Ceph, ceph } from "./servers";
import { DynamicProvider, type Properties } from "./support/dynamic-provider";
import { hetznerProject } from "./support/hetzner";
import { applyRook, secureS3 } from "./support/rook";
import { s3 } from "./support/s3";
import { describeReal } from "./support/suite";

// The rules that the program wrote, on a gateway whose day is eight seconds long: what retention promises goes, all else stays.

/** Shorter, and a gateway on a busy machine begins a new day before it has seen every bucket. */
const secondsPerDay = 8;

/** What Loki and Tempo keep beside the tenants' data, and what has no rule. */
const stays: Record<string, string[]> = {
  "loki-chunks": [
    "index/delete_requests/delete_requests.gz",
    "index/loki_index_20000/fake/1.tsdb.gz",
    "loki_cluster_seed.json",
    "other/chunk",
  ],
  "loki-ruler": ["fake/rule", "rules/fake/alerts"],
  "tempo-traces": ["tempo_cluster_seed.json"],
};
const goes: Record<string, string[]> = {
  "loki-chunks": ["fake/1/chunk"],
  "loki-ruler": [],
  "tempo-traces": ["single-tenant/block/data.parquet"],
};
const purposes = Object.keys(stays);

const short = { logs: { retention: "24h", limits: { rejectOlderThan: "24h" } }, traces: { retention: "24h" } };
const lifecycle = { margin: "1d", noncurrentAfter: "2d" };

interface Life {
  readonly client: S3Client;
  readonly prefix: string;
  /** By purpose. */
  readonly days: Readonly<Record<string, number>>;
  writtenAt: number;
}

describeReal("a short life of buckets on Ceph", [ceph], () => {
  let store: Ceph;
  const lives: Record<string, Life> = {};

  beforeAll(async () => {
    store = await ceph.start({ secondsPerDay });
    lives["Rook's claims"] = await rook(store);
    lives["Hetzner's buckets, with versions"] = await hetzner(store);
    for (const life of Object.values(lives)) await fill(life);
  });
  afterAll(() => store?.stop());

  const each = it.each(["Rook's claims", "Hetzner's buckets, with versions"]);
  const lifeOf = (name: string): Life => {
    const life = lives[name];
    if (!life) throw new Error(name);
    return life;
  };

  each("%s: what is due goes, and not a day before", async (name) => {
    const { client, prefix, days, writtenAt } = lifeOf(name);
    for (const purpose of purposes) {
      for (const key of goes[purpose] ?? []) {
        const gone = await until(async () => !(await current(client, prefix + purpose)).includes(key));
        const kept = (gone - writtenAt) / 1000 / secondsPerDay;
        expect(kept, `${key} was kept for ${kept} of ${days[purpose]} days`).toBeGreaterThanOrEqual(days[purpose] ?? Number.NaN);
      }
    }
  });

  each("%s: neither old versions nor markers nor halves of uploads are left", async (name) => {
    const { client, prefix } = lifeOf(name);
    const Bucket = `${prefix}loki-chunks`;
    await until(async () => (await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads === undefined);
    for (const purpose of purposes) {
      const wanted = [...(stays[purpose] ?? [])].sort();
      await until(async () => `${await versions(client, prefix + purpose)}` === `${wanted}`);
    }
  });

  each("%s: index, delete requests, seeds, rules and whatever has no expiry are spared", async (name) => {
    const { client, prefix } = lifeOf(name);
    for (const purpose of purposes) expect(await current(client, prefix + purpose)).toEqual([...(stays[purpose] ?? [])].sort());
  });
});

async function rook(store: Ceph): Promise<Life> {
  const { resources } = await previewStore("dev", withStorage("dev", { bucketPrefix: "day-dev", lifecycle }, short));
  const users = await applyRook(store, resources);
  const owner = users["day-dev-owner"];
  if (!owner) throw new Error("no owner");
  const claims = resources.filter(({ type }) => type.endsWith(":ObjectBucketClaim")).map(({ inputs }) => (inputs as unknown as Claim).spec);
  const documents = claims.map(({ bucketName, additionalConfig }) => [bucketName, additionalConfig.bucketLifecycle] as const);
  return { client: secureS3(store, owner), prefix: "day-dev-", days: daysOf("day-dev-", documents), writtenAt: 0 };
}

async function hetzner(store: Ceph): Promise<Life> {
  const settings = withStorage("hetzner", { bucketPrefix: "day-hetzner", lifecycle, versioning: true }, short);
  const { raw } = await previewStore("hetzner", settings);
  const { administrator } = await hetznerProject(store, settings);
  const provider = await DynamicProvider.start(administrator);
  const buckets = raw?.resources.filter(({ type }) => type.endsWith(":S3Bucket")).map(({ inputs }) => inputs as Properties) ?? [];
  try {
    for (const inputs of buckets) await provider.create({ ...inputs, endpoint: store.endpoint, region: "us-east-1" });
  } finally {
    provider.stop();
  }
  const documents = buckets.map(({ bucket, lifecycle }) => [String(bucket), String(lifecycle)] as const);
  return { client: s3(store.endpoint, administrator), prefix: "day-hetzner-", days: daysOf("day-hetzner-", documents), writtenAt: 0 };
}

/** Everything is written twice, so that there are old versions where versions are kept. */
async function fill(life: Life): Promise<void> {
  life.writtenAt = Date.now();
  for (const purpose of purposes)
    for (const Key of [...(stays[purpose] ?? []), ...(goes[purpose] ?? [])])
      for (const Body of ["first", "second"]) await life.client.send(new PutObjectCommand({ Bucket: life.prefix + purpose, Key, Body }));
  await life.client.send(new CreateMultipartUploadCommand({ Bucket: `${life.prefix}loki-chunks`, Key: "fake/half" }));
}

interface Claim {
  spec: { bucketName: string; additionalConfig: { bucketLifecycle: string } };
}

/** After how many days each bucket's documents expire anything. */
function daysOf(prefix: string, documents: readonly (readonly [string, string])[]): Record<string, number> {
  const days = documents.flatMap(([bucket, text]): [string, number][] => {
    const { Rules } = JSON.parse(text) as { Rules: { Expiration?: { Days?: number } }[] };
    return Rules.flatMap(({ Expiration }) => (Expiration?.Days ? [[bucket.slice(prefix.length), Expiration.Days]] : []));
  });
  return Object.fromEntries(days);
}

async function current(client: S3Client, Bucket: string): Promise<string[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key = "" }) => Key).sort();
}

/** Every version and every marker that there is, by key. */
async function versions(client: S3Client, Bucket: string): Promise<string[]> {
  const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
  return [...Versions, ...DeleteMarkers].map(({ Key = "" }) => Key).sort();
}

/** The time at which it became true; fails when it doesn't within two minutes. */
async function until(test: () => Promise<boolean>): Promise<number> {
  const deadline = Date.now() + 120_000;
  while (!(await test())) {
    if (Date.now() > deadline) throw new Error("it did not happen within two minutes");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return Date.now();
}
