import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Keys, type Loki, loki } from "./servers";
import { eventually } from "./support/eventually";
import { localLoki } from "./support/local-loki";
import { lokiClient } from "./support/loki-client";
import { refusal } from "./support/s3";
import { type PreparedStore, stores } from "./support/stores";
import { describeReal } from "./support/suite";

// Loki itself, with the text that the chart gets and as the user that the policies name, on every store: pods can be ready and pushes
// answered with 204 while the store refuses each chunk.

for (const { title, needs, prepare } of stores)
  describeReal(`Loki of ${title}`, [loki, ...needs], () => {
    let store: PreparedStore;
    beforeAll(async () => {
      store = await prepare();
    });
    afterAll(() => store?.stop());

    /** Each Loki has an empty disk: what it finds, it has from the store. */
    const start = (keys: Keys | undefined): Promise<Loki> => {
      const { values } = store.stack.resource("granary-logs-release").inputs as { values: { loki: { config: string } } };
      return loki.start({
        configuration: (place) => store.kept(localLoki(values.loki.config, place, store.address), place.folder),
        env: keys ? { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey } : {},
      });
    };

    it("stores lines, and another Loki reads them from the store", async () => {
      const lines = Array.from({ length: 100 }, (_, i) => `line ${i} of ${title}`);
      const first = await start(store.keys.loki);
      try {
        const client = lokiClient(first.endpoint);
        await client.push({ app: "granary" }, lines);
        await client.flush();
        const chunks = () => store.stored("loki-chunks").then((names) => names.filter((name) => name.startsWith("fake/")));
        expect((await eventually(chunks, (names) => names.length > 0)).length).toBeGreaterThan(0);
      } finally {
        await first.stop();
      }
      const second = await start(store.keys.loki);
      try {
        const found = await lokiClient(second.endpoint).queryStore('{app="granary"}');
        expect(found.lines).toEqual(lines);
        expect(found.chunksDownloaded).toBeGreaterThan(0);
        console.log(`${title}: ${found.lines.length} lines read from ${found.chunksDownloaded} chunks of the store`);
      } finally {
        await second.stop();
      }
    });

    it("lets neither a stranger nor Tempo in", async () => {
      const Bucket = store.bucket("loki-chunks");
      // Ceph says of a key that isn't there that it isn't, even to those who may not read.
      const [Key = "fake/x"] = await store.stored("loki-chunks");
      for (const who of ["stranger", "tempo"] as const) {
        const keys = store.keys[who];
        const client = keys && store.client?.(keys);
        if (!keys || !client) continue;
        expect(await refusal(client.send(new ListObjectsV2Command({ Bucket })))).toBe("AccessDenied");
        expect(await refusal(client.send(new GetObjectCommand({ Bucket, Key })))).toBe("AccessDenied");
        expect(await refusal(client.send(new PutObjectCommand({ Bucket, Key: "fake/x", Body: "x" })))).toBe("AccessDenied");
        await expect(start(keys)).rejects.toThrow(/Access Denied/);
      }
    });
  });
