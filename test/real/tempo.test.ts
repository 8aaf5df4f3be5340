import { randomBytes } from "node:crypto";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, it } from "vitest";
import { tempoConfig } from "../../components/traces/config";
import { diskBinding } from "../logs/fixture";
import { stackSettings } from "../storage/support/stack";
import { expectOk, type PreviewResult, previewStack } from "../support/preview";
import { tempoInput } from "../traces/fixture";
import { type Ceph, ceph } from "./servers";
import { type CephStack, makeCephStack } from "./support/ceph-stack";
import { sendTrace } from "./support/spans";
import { startTempo, tempoBinary, verifyTempoConfiguration, withoutTempo } from "./support/tempo";

if (!tempoBinary) console.warn(withoutTempo);
const title = (text: string) => (tempoBinary ? text : `${text} (${withoutTempo})`);
const stacks = ["dev", "prod", "hetzner", "local"];

function configurationOf(stack: PreviewResult): string {
  return (stack.resource("granary-traces-release").inputs as { values: { config: string } }).values.config;
}

describe.skipIf(!tempoBinary)(title("Tempo's own check"), () => {
  it.each(stacks)("takes the configuration of %s", async (name) => {
    expect(await verifyTempoConfiguration(configurationOf(await expectOk(previewStack(name))))).toBeUndefined();
  });

  it("takes metrics generation, tenants and a disk", async () => {
    const generator = { metricsGenerator: { remoteWriteUrl: "http://prometheus:9090/api/v1/write" } };
    expect(
      await verifyTempoConfiguration(tempoConfig(tempoInput(generator, [{ name: "a", traces: { retention: "7d" } }]))),
    ).toBeUndefined();
    expect(await verifyTempoConfiguration(tempoConfig(tempoInput({}, [], diskBinding)))).toBeUndefined();
  });

  it("refuses one that is wrong", async () => {
    expect(await verifyTempoConfiguration(tempoConfig(tempoInput({ extraConfig: { live_store: {}, compacter: {} } })))).toMatch(
      /compacter/,
    );
  });
});

describe.skipIf(!tempoBinary || ceph.missing().length > 0)(title("Tempo of dev on Ceph"), () => {
  let store: Ceph;
  let stack: CephStack;
  let configuration: string;
  const bucket = () => stack.buckets.get("tempo-traces") ?? "";

  beforeAll(async () => {
    const storage = { ...(stackSettings("dev").storage as object), bucketPrefix: "spans" };
    const dev = await expectOk(previewStack("dev", { config: { "granary:storage": storage } }));
    configuration = configurationOf(dev);
    store = await ceph.shared();
    stack = await makeCephStack(store, dev);
  });

  const start = async () =>
    startTempo(configuration, { endpoint: store.tlsEndpoint, caFile: store.caFile }, await stack.keys("spans-tempo"));

  it("keeps traces in its bucket, where another Tempo finds them", async () => {
    const ids = Array.from({ length: 60 }, () => randomBytes(16).toString("hex"));
    const first = await start();
    try {
      for (const id of ids) expect(await sendTrace(first.otlp, id)).toBe(200);
    } finally {
      await first.stop();
    }
    const names = await objects("");
    expect(names.filter((name) => !name.startsWith("single-tenant/"))).toEqual([]);
    const second = await start();
    try {
      let found = 0;
      for (const id of ids) if (await hasTrace(second.endpoint, id)) found++;
      console.log(`${ids.length} traces sent, ${found} found in the bucket by another Tempo`);
      expect(found).toBe(ids.length);
    } finally {
      await second.stop();
    }
  });

  it("lets no stranger in", async () => {
    const keys = await store.user("stranger");
    await expect(startTempo(configuration, { endpoint: store.tlsEndpoint, caFile: store.caFile }, keys)).rejects.toThrow(/Access Denied/);
  });

  async function objects(Prefix: string): Promise<string[]> {
    const { Contents = [] } = await stack.owner.send(new ListObjectsV2Command({ Bucket: bucket(), Prefix }));
    return Contents.map(({ Key = "" }) => Key);
  }
});

async function hasTrace(endpoint: string, id: string): Promise<boolean> {
  const answer = await fetch(`${endpoint}/api/v2/traces/${id}`);
  return answer.ok && (await answer.text()).includes("granary-test");
}
