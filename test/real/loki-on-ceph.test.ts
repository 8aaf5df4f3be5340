import {
  DeleteBucketCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { beforeAll, expect, it } from "vitest";
import { expectOk, type PreviewResult, previewStack } from "../support/preview";
import { type Ceph, ceph, type Keys, type Loki, loki, needs, verifyLokiConfiguration } from "./servers";
import { type CephStack, makeCephStack } from "./support/ceph-stack";
import { eventually } from "./support/eventually";
import { localLoki } from "./support/local-loki";
import { lokiClient } from "./support/loki-client";
import { plainS3, secureS3 } from "./support/rook";
import { refusal } from "./support/s3";
import { describeReal } from "./support/suite";

const stacks = ["dev", "prod", "hetzner", "local"];

/** The text that the chart gets. */
function configurationOf(stack: PreviewResult): string {
  const { values } = stack.resource("granary-logs-release").inputs as { values: { loki: { config: string } } };
  return values.loki.config;
}

describeReal("Loki's own check", [needs("loki")], () => {
  for (const name of stacks) {
    it(`takes the configuration of ${name}`, async () => {
      expect(await verifyLokiConfiguration(configurationOf(await expectOk(previewStack(name))))).toBeUndefined();
    });
  }

  it("refuses one that is wrong", async () => {
    const text = configurationOf(await expectOk(previewStack("dev"))).replace("schema: v13", "schema: v99");
    expect(await verifyLokiConfiguration(text)).toMatch(/invalid schema version/);
  });
});

describeReal("Loki of dev on Ceph", [loki, ceph], () => {
  let store: Ceph;
  let configuration: string;
  let stack: CephStack;
  const chunks = () => stack.buckets.get("loki-chunks") ?? "";

  beforeAll(async () => {
    const dev = await expectOk(previewStack("dev"));
    configuration = configurationOf(dev);
    store = await ceph.shared();
    stack = await makeCephStack(store, dev);
  });

  const startAs = ({ accessKeyId, secretAccessKey }: Keys): Promise<Loki> =>
    loki.start({
      configuration: (place) => localLoki(configuration, place, { endpoint: store.tlsEndpoint, caFile: store.caFile }),
      env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
    });

  it("keeps a line in the bucket, and another Loki finds it there", async () => {
    const keys = await stack.keys("granary-dev-loki");
    const first = await startAs(keys);
    try {
      const client = lokiClient(first.endpoint);
      await client.push({ app: "granary" }, ["the first line", "the second line"]);
      expect(await client.query('{app="granary"}')).toEqual(["the first line", "the second line"]);
      await client.flush();
      const stored = () => stack.owner.send(new ListObjectsV2Command({ Bucket: chunks(), Prefix: "fake/" }));
      expect((await eventually(stored, ({ KeyCount = 0 }) => KeyCount > 0)).KeyCount).toBeGreaterThan(0);
    } finally {
      await first.stop();
    }
    // Its disk is gone with the first: what the second knows it has from the bucket.
    const second = await startAs(keys);
    try {
      expect(await lokiClient(second.endpoint).query('{app="granary"}')).toEqual(["the first line", "the second line"]);
    } finally {
      await second.stop();
    }
  });

  it("has no rights that it does not use", async () => {
    const client = secureS3(store, await stack.keys("granary-dev-loki"));
    const Bucket = chunks();
    expect(await refusal(client.send(new ListObjectsV2Command({ Bucket })))).toBeUndefined();
    expect(await refusal(client.send(new ListObjectsV2Command({ Bucket: stack.buckets.get("tempo-traces") })))).toBe("AccessDenied");
    expect(await refusal(client.send(new DeleteBucketCommand({ Bucket })))).toBe("AccessDenied");
    expect(await refusal(client.send(new GetBucketPolicyCommand({ Bucket })))).toBe("AccessDenied");
    expect(await refusal(client.send(new PutBucketPolicyCommand({ Bucket, Policy: "{}" })))).toBe("AccessDenied");
    expect((await client.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  });

  it("lets no stranger in", async () => {
    const keys = await store.user("stranger");
    const client = secureS3(store, keys);
    const Bucket = chunks();
    expect(await refusal(client.send(new ListObjectsV2Command({ Bucket })))).toBe("AccessDenied");
    expect(await refusal(client.send(new GetObjectCommand({ Bucket, Key: "loki_cluster_seed.json" })))).toBe("AccessDenied");
    expect(await refusal(client.send(new PutObjectCommand({ Bucket, Key: "fake/x", Body: "x" })))).toBe("AccessDenied");
    await expect(startAs(keys)).rejects.toThrow(/Access Denied/);
  });

  it("lets nobody in without TLS", async () => {
    const client = plainS3(store, await stack.keys("granary-dev-loki"));
    expect(await refusal(client.send(new ListObjectsV2Command({ Bucket: chunks() })))).toBe("AccessDenied");
  });
});
