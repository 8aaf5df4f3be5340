// A tenant's own settings, as Tempo itself reads them: from the chart's file, and from the file that the operator writes.
import { randomBytes } from "node:crypto";
import { CreateBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, it } from "vitest";
import { renderYaml } from "../../components/text/yaml";
import { tempoConfig } from "../../components/traces/config";
import { tenantOverrides } from "../../components/traces/overrides";
import { tempoStackSpec } from "../../components/traces/stack";
import { cephBinding } from "../logs/fixture";
import { tempoInput } from "../traces/fixture";
import { type Ceph, ceph, type Keys } from "./servers";
import { s3 } from "./support/s3";
import { postTrace, sendTrace } from "./support/spans";
import { startTempo, type Tempo, tempoBinary, withoutTempo } from "./support/tempo";
import { operatorConfiguration, operatorOverrides } from "./support/tempo-operator";

const bucket = "tenants-spans";
const tenants = [{ name: "keeper", traces: { retention: "7d" } }, { name: "sender", traces: { ingestionRate: "1Mi" } }, { name: "plain" }];

describe.skipIf(!tempoBinary || ceph.missing().length > 0)(`A tenant's own settings${tempoBinary ? "" : ` (${withoutTempo})`}`, () => {
  let store: Ceph;
  let keys: Keys;

  beforeAll(async () => {
    store = await ceph.shared();
    keys = await store.user("tenants-tempo");
    await s3(store.endpoint, keys).send(new CreateBucketCommand({ Bucket: bucket }));
  });

  async function run<T>(configuration: string, overrides: string, use: (tempo: Tempo) => Promise<T>): Promise<T> {
    const tempo = await startTempo(configuration, { endpoint: store.tlsEndpoint, caFile: store.caFile }, keys, overrides);
    try {
      return await use(tempo);
    } finally {
      await tempo.stop();
    }
  }

  const answers = async ({ otlp }: Tempo) =>
    Promise.all(tenants.map(async ({ name }) => [name, await sendTrace(otlp, randomBytes(16).toString("hex"), { tenant: name })]));

  /** A limit by tenant, as Tempo understood it. */
  async function limit({ endpoint }: Tempo, name: string): Promise<Record<string, number>> {
    const text = await (await fetch(`${endpoint}/metrics`)).text();
    const found = text.matchAll(new RegExp(`^tempo_limits_overrides\\{limit_name="${name}",user="([^"]+)"\\} (\\S+)$`, "gm"));
    return Object.fromEntries([...found].map(([, user = "", value]) => [user, Number(value)]));
  }

  /** When to come again with a span that is over the limit. */
  async function retryAfter(otlp: string, tenant: string): Promise<string | null> {
    const answer = await postTrace(otlp, randomBytes(16).toString("hex"), { tenant, bytes: 64 * 1024 });
    return answer.headers.get("Retry-After");
  }

  const everybody = [
    ["keeper", 200],
    ["sender", 200],
    ["plain", 200],
  ];
  const week = 7 * 86400 * 1e9;

  it("reach Tempo by the chart's file", async () => {
    const input = tempoInput({}, tenants, { ...cephBinding(bucket), prefix: "chart/" });
    await run(tempoConfig(input), renderYaml({ overrides: tenantOverrides(input) }), async (tempo) => {
      expect(await answers(tempo)).toEqual(everybody);
      expect(await limit(tempo, "ingestion_rate_limit_bytes")).toEqual({ keeper: 15 * 2 ** 20, sender: 2 ** 20 });
      expect(await limit(tempo, "max_bytes_per_trace")).toEqual({ keeper: 5 * 2 ** 20, sender: 5 * 2 ** 20 });
      expect(await limit(tempo, "block_retention")).toEqual({ keeper: week, sender: 0 });
    });
  });

  it("may send again what was over a limit, be that its own or everybody's", async () => {
    const small = { ingestionRate: "16Ki", ingestionBurst: "16Ki" };
    const input = tempoInput({ limits: small }, [{ name: "own", traces: small }, { name: "plain" }], {
      ...cephBinding(bucket),
      prefix: "again/",
    });
    await run(tempoConfig(input), renderYaml({ overrides: tenantOverrides(input) }), async ({ otlp }) => {
      for (const tenant of ["own", "plain"]) expect([tenant, await retryAfter(otlp, tenant)]).toEqual([tenant, "5"]);
    });
  });

  const stack = tempoStackSpec(tempoInput({ kind: "tempostack" }, tenants, { ...cephBinding(bucket), prefix: "stack/" }), "tempo-store");

  it("reach Tempo by the operator's file, and everything lies below the prefix", async () => {
    await run(operatorConfiguration(stack, bucket), operatorOverrides(stack), async (tempo) => {
      expect(await answers(tempo)).toEqual(everybody);
      expect(await limit(tempo, "ingestion_rate_limit_bytes")).toEqual({ keeper: 15 * 2 ** 20, sender: 2 ** 20 });
      expect(await limit(tempo, "block_retention")).toEqual({ keeper: week, sender: 0 });
    });
    const { Contents = [] } = await s3(store.endpoint, keys).send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1000 }));
    const places = new Set(Contents.map(({ Key = "" }) => Key.split("/").slice(0, 2).join("/")));
    expect([...places].filter((place) => !place.startsWith("chart/")).sort()).toEqual(["stack/keeper", "stack/plain", "stack/sender"]);
  });

  it("would refuse a tenant's spans if the operator were told of a retention alone", async () => {
    await run(operatorConfiguration(stack, bucket), operatorOverrides({ retention: { ...stack.retention } }), async (tempo) => {
      const [keeper] = await answers(tempo);
      expect(keeper).toEqual(["keeper", 429]);
    });
  });

  it("would keep Tempo from starting if they held the size of a trace", async () => {
    const limits = { perTenant: { keeper: { ingestion: { ...stack.limits?.global?.ingestion } } } };
    await expect(run(operatorConfiguration(stack, bucket), operatorOverrides({ limits }), answers)).rejects.toThrow(
      /field ingestion not found/,
    );
  });
});
