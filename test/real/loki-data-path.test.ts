import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stackSettings } from "../storage/support/stack";
import { expectOk, type PreviewResult, previewStack } from "../support/preview";
import { type Ceph, ceph, type Loki, loki } from "./servers";
import { type CephStack, makeCephStack } from "./support/ceph-stack";
import { type Line, now, push, read, type Stream, seconds, selector, type Time, text } from "./support/lines";
import { localLoki } from "./support/local-loki";
import { describeReal } from "./support/suite";
import { pause } from "./support/writer";

const tenants = ["team-a", "team-b"];
const streamsPerTenant = 10;
const linesPerStream = 5000;

const streams: readonly Stream[] = tenants.flatMap((tenant) =>
  Array.from({ length: streamsPerTenant }, (_, i) => ({ tenant, labels: { namespace: tenant, app: `app-${i}` } })),
);

/** The stack `dev` with two tenants, and with a bucket prefix of its own because the store is shared. */
function devWith(prefix: string, logs: object): Promise<PreviewResult> {
  const storage = { ...(stackSettings("dev").storage as object), bucketPrefix: prefix };
  const config = {
    "granary:storage": storage,
    "granary:tenants": tenants.map((name) => ({ name })),
    "granary:logs": { gateway: { enabled: false }, ...logs },
  };
  return expectOk(previewStack("dev", { config }));
}

class Place {
  private constructor(
    readonly store: Ceph,
    readonly stack: CephStack,
    private readonly prefix: string,
    private readonly configuration: string,
  ) {}

  static async make(prefix: string, logs: object = {}): Promise<Place> {
    const preview = await devWith(prefix, logs);
    const { values } = preview.resource("granary-logs-release").inputs as { values: { loki: { config: string } } };
    const store = await ceph.shared();
    return new Place(store, await makeCephStack(store, preview), prefix, values.loki.config);
  }

  /** A Loki with an empty disk and the keys of its own user, which may do no more than it must. */
  async start(): Promise<Loki> {
    const { accessKeyId, secretAccessKey } = await this.stack.keys(`${this.prefix}-loki`);
    return loki.start({
      configuration: (place) => localLoki(this.configuration, place, { endpoint: this.store.tlsEndpoint, caFile: this.store.caFile }),
      env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
    });
  }

  objects(purpose: string, prefix = ""): Promise<string[]> {
    return list(this.stack.owner, this.stack.buckets.get(purpose) ?? "", prefix);
  }
}

async function list(client: S3Client, Bucket: string, Prefix: string): Promise<string[]> {
  const names: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
    names.push(...(page.Contents ?? []).map(({ Key = "" }) => Key));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return names;
}

const count = (texts: readonly string[]) => new Set(texts).size;

describeReal("100,000 lines of two tenants through the Loki of dev to Ceph and back", [ceph, loki], () => {
  let place: Place;
  let reader: Loki;
  const from = now() - seconds(1800);
  const to = now() + seconds(60);
  const expected = (stream: Stream) => Array.from({ length: linesPerStream }, (_, i) => text(stream, i));

  beforeAll(async () => {
    place = await Place.make("path");
    const writer = await place.start();
    try {
      for (const stream of streams) await pushAll(writer.endpoint, stream);
    } finally {
      await writer.stop();
    }
    reader = await place.start();
  });
  afterAll(() => reader?.stop());

  async function pushAll(endpoint: string, stream: Stream): Promise<void> {
    const lines = expected(stream).map((line, i): Line => ({ time: from + BigInt(i) * 1_000_000n, text: line }));
    for (let i = 0; i < lines.length; i += 1000) await push(endpoint, stream, lines.slice(i, i + 1000));
  }

  it("come back complete and in order to another Loki, which has only the bucket", async () => {
    let found = 0;
    for (const stream of streams) {
      const lines = await read(reader.endpoint, stream, from, to);
      expect(lines, selector(stream)).toEqual(expected(stream));
      found += count(lines);
    }
    console.log(`pushed ${streams.length * linesPerStream}, read back ${found}`);
    expect(found).toBe(100_000);
  });

  it("lie in Loki's bucket under their tenants' names, and nowhere else", async () => {
    const objects = await place.objects("loki-chunks");
    const owners = new Set(objects.map((name) => name.split("/")[0]));
    expect([...owners].sort()).toEqual(["index", ...tenants]);
    for (const tenant of tenants)
      expect(objects.filter((name) => name.startsWith(`${tenant}/`)).length).toBeGreaterThanOrEqual(streamsPerTenant);
    expect(await place.objects("loki-ruler")).toEqual([]);
    expect(await place.objects("tempo-traces")).toEqual([]);
  });

  it("are seen by their own tenant alone", async () => {
    for (const stream of streams.slice(0, 2)) expect(await read(reader.endpoint, { ...stream, tenant: "team-b" }, from, to)).toEqual([]);
    const asked = { headers: { "X-Scope-OrgID": "team-b" } };
    const answer = await fetch(`${reader.endpoint}/loki/api/v1/label/namespace/values?start=${from}&end=${to}`, asked);
    expect(await answer.json()).toMatchObject({ data: ["team-b"] });
  });

  it("are shown to nobody who names no tenant", async () => {
    const answer = await fetch(`${reader.endpoint}/loki/api/v1/labels`);
    expect(answer.status).toBe(401);
  });
});

describeReal("retention on Ceph, on a shortened clock", [ceph, loki], () => {
  const old: Stream = { tenant: "team-a", labels: { app: "old" } };
  const young: Stream = { tenant: "team-a", labels: { app: "young" } };
  /** The compactor comes round every five seconds instead of every hour. Only a test may hand in lines that are due already. */
  const clock = {
    retention: "1d",
    limits: { rejectOlderThan: "1d" },
    compactor: { compactionInterval: "5s", deleteDelay: "5s" },
    extraConfig: { limits_config: { reject_old_samples_max_age: "168h" } },
  };

  it("deletes what is due and nothing else", async () => {
    const place = await Place.make("retention", clock);
    const due = now() - seconds(3 * 86400);
    const kept = now() - seconds(3600);
    const lines = (stream: Stream, base: Time): Line[] =>
      Array.from({ length: 500 }, (_, i) => ({ time: base + BigInt(i) * 1_000_000n, text: text(stream, i) }));
    const first = await place.start();
    try {
      await push(first.endpoint, old, lines(old, due));
      await push(first.endpoint, young, lines(young, kept));
    } finally {
      await first.stop();
    }
    const before = await chunks(place);
    const expired = before.filter(({ through }) => through < Date.now() - 86_400_000);
    expect(expired.length).toBeGreaterThan(0);
    expect(before.length).toBeGreaterThan(expired.length);

    const second = await place.start();
    try {
      const deadline = Date.now() + 300_000;
      while ((await chunks(place)).length > before.length - expired.length && Date.now() < deadline) await pause(1000);
      const after = await chunks(place);
      console.log(`${before.length} chunks before, ${expired.length} of them due, ${after.length} after`);
      const names = (found: readonly { name: string }[]) => found.map(({ name }) => name).sort();
      expect(names(after)).toEqual(names(before.filter((chunk) => !expired.includes(chunk))));
      expect(await read(second.endpoint, young, kept, now())).toEqual(lines(young, kept).map((line) => line.text));
    } finally {
      await second.stop();
    }
    expect(await place.objects("loki-chunks", "index/")).not.toEqual([]);
  });

  /** A chunk's name holds the times of its first and last line, in milliseconds and hexadecimal. */
  async function chunks(place: Place): Promise<{ name: string; through: number }[]> {
    const names = await place.objects("loki-chunks", "team-a/");
    return names.map((name) => ({ name, through: Number.parseInt(name.split("/")[2]?.split(":")[1] ?? "", 16) }));
  }
});
