import {
  DeleteBucketCommand,
  GetBucketPolicyCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
} from "@aws-sdk/client-s3";
import { beforeAll, expect, it } from "vitest";
import { expectOk, type PreviewResult, previewStack } from "../support/preview";
import { type Ceph, ceph, needs, verifyLokiConfiguration } from "./servers";
import { type CephStack, makeCephStack } from "./support/ceph-stack";
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

describeReal("dev on Ceph", [ceph], () => {
  let store: Ceph;
  let stack: CephStack;
  const chunks = () => stack.buckets.get("loki-chunks") ?? "";

  beforeAll(async () => {
    const dev = await expectOk(previewStack("dev"));
    store = await ceph.shared();
    stack = await makeCephStack(store, dev);
  });

  it("gives Loki no rights that it does not use", async () => {
    const client = secureS3(store, await stack.keys("granary-dev-loki"));
    const Bucket = chunks();
    expect(await refusal(client.send(new ListObjectsV2Command({ Bucket })))).toBeUndefined();
    expect(await refusal(client.send(new ListObjectsV2Command({ Bucket: stack.buckets.get("tempo-traces") })))).toBe("AccessDenied");
    expect(await refusal(client.send(new DeleteBucketCommand({ Bucket })))).toBe("AccessDenied");
    expect(await refusal(client.send(new GetBucketPolicyCommand({ Bucket })))).toBe("AccessDenied");
    expect(await refusal(client.send(new PutBucketPolicyCommand({ Bucket, Policy: "{}" })))).toBe("AccessDenied");
    expect((await client.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  });

  it("lets nobody in without TLS", async () => {
    const client = plainS3(store, await stack.keys("granary-dev-loki"));
    expect(await refusal(client.send(new ListObjectsV2Command({ Bucket: chunks() })))).toBe("AccessDenied");
  });
});
