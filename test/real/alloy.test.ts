// Alloy itself, with the configuration of a node: who gets which lines and spans, and who waits for whom.
import { randomBytes } from "node:crypto";
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeConfiguration } from "../../components/collection/node-agent";
import { lokiConfig } from "../../components/logs/config";
import { collectionConfig, logs, traces } from "../collection/fixture";
import { diskBinding, lokiInput } from "../logs/fixture";
import { type Loki, loki } from "./servers";
import { freePorts } from "./servers/run/ports";
import { newFolder } from "./servers/run/run";
import { type Alloy, alloyBinary, localAlloy, startAlloy, withoutAlloy } from "./support/alloy";
import { eventually } from "./support/eventually";
import { localLoki } from "./support/local-loki";
import { lokiClient } from "./support/loki-client";
import { type SpanStore, startSpanStore } from "./support/span-store";

const ready = alloyBinary !== undefined && loki.missing().length === 0;
if (!ready) console.warn(withoutAlloy);

const namespaces = ["shop", "payments"];
const tenants = [{ name: "platform" }, { name: "payments" }];

describe.skipIf(!ready)(ready ? "Alloy on a node" : `Alloy on a node (${withoutAlloy})`, () => {
  let running: Loki;
  let tempo: SpanStore;
  let alloy: Alloy;
  let otlp: string;
  const folder = ready ? newFolder("node") : "";

  const write = (namespace: string, lines: readonly string[]) => {
    const text = lines.map((line) => `${new Date().toISOString()} stdout F ${line}\n`).join("");
    appendFileSync(join(folder, `${namespace}_web_${namespace}-uid`, "web", "0.log"), text);
  };
  const read = (tenant: string, wanted: number) =>
    eventually(
      () => lokiClient(running.endpoint, tenant).query('{app="web"}'),
      (lines) => lines.length >= wanted,
      20,
    );

  beforeAll(async () => {
    for (const namespace of namespaces) mkdirSync(join(folder, `${namespace}_web_${namespace}-uid`, "web"), { recursive: true });
    const limits = { ingestionRate: "64Ki", ingestionBurst: "64Ki" };
    const input = lokiInput({ limits }, tenants, { chunks: diskBinding, ruler: diskBinding });
    running = await loki.start({ configuration: (place) => localLoki(lokiConfig(input), place) });
    tempo = await startSpanStore();
    const [otlpGrpcPort = 0, otlpHttpPort = 0] = await freePorts(2);
    otlp = `http://127.0.0.1:${otlpHttpPort}/v1/traces`;
    const own = { tenant: "platform", multiTenant: true };
    const text = nodeConfiguration(
      collectionConfig({ tenants: { payments: ["payments"] }, traces: { queueSize: "8Mi" } }),
      { ...logs, ...own, pushUrl: `${running.endpoint}/loki/api/v1/push` },
      { ...traces, ...own, otlpGrpc: tempo.address },
    );
    const pods = namespaces.map((namespace) => ({
      __meta_kubernetes_namespace: namespace,
      __meta_kubernetes_pod_name: "web-0",
      __meta_kubernetes_pod_container_name: "web",
      __meta_kubernetes_pod_uid: `${namespace}-uid`,
    }));
    alloy = await startAlloy(localAlloy(text, { pods, logs: folder, otlpGrpcPort, otlpHttpPort }));
  });
  afterAll(async () => {
    await alloy?.stop();
    await tempo?.stop();
    await running?.stop();
  });

  test("brings each tenant its own lines, and none of another's", async () => {
    write("shop", ["shop 1"]);
    write("payments", ["payments 1"]);
    expect(await read("platform", 1)).toEqual(["shop 1"]);
    expect(await read("payments", 1)).toEqual(["payments 1"]);
  });

  test("lets a tenant over his rate wait, and the others go on", async () => {
    // More than Loki's burst in one batch: 429 for as long as it is tried.
    write(
      "payments",
      Array.from({ length: 2000 }, (_, i) => `payments ${i} ${randomBytes(50).toString("hex")}`),
    );
    const retries = () => metric(alloy, "loki_write_batch_retries_total", { tenant: "payments" });
    expect(await eventually(retries, (count) => count > 0, 20)).toBeGreaterThan(0);
    write("shop", ["shop 2"]);
    expect(await read("platform", 2)).toEqual(["shop 1", "shop 2"]);
    expect(await metric(alloy, "loki_write_dropped_entries_total", {})).toBe(0);
  });

  let serial = 0;
  /** The names of spans that were answered with 200. */
  async function send(namespace: string, requests: number, bytes = 0): Promise<{ accepted: string[]; statuses: Set<number> }> {
    const statuses = new Set<number>();
    const accepted: string[] = [];
    for (let i = 0; i < requests; i++) {
      const name = `<span-${serial++}>`;
      const status = await sendSpan(otlp, namespace, name, bytes);
      statuses.add(status);
      if (status === 200) accepted.push(name);
    }
    return { accepted, statuses };
  }
  const taken = (tenant: string) => tempo.taken.get(tenant) ?? [];

  test("brings each tenant its own spans, and those of no namespace to the first", async () => {
    const shop = await send("shop", 3);
    const payments = await send("payments", 2);
    const nobody = await send("", 1);
    const all = () => Promise.resolve([...taken("platform"), ...taken("payments")]);
    await eventually(all, ({ length }) => length >= 6, 10);
    expect(taken("platform").sort()).toEqual([...shop.accepted, ...nobody.accepted].sort());
    expect(taken("payments").sort()).toEqual(payments.accepted.sort());
  });

  test("refuses a tenant's spans when his queue is full, takes the others', and loses none that it took", async () => {
    tempo.taken.clear();
    tempo.status = 14;
    const payments = await send("payments", 40, 500_000);
    expect([...payments.statuses]).toEqual([200, 503]);
    expect(payments.accepted.length).toBeGreaterThan(8);
    const shop = await send("shop", 3);
    expect([...shop.statuses]).toEqual([200]);
    const queue = { component_id: "otelcol.exporter.otlp.tempo_payments", data_type: "traces" };
    const capacity = await metric(alloy, "otelcol_exporter_queue_capacity", queue);
    expect(capacity).toBe(8 * 2 ** 20);
    expect(await metric(alloy, "otelcol_exporter_queue_size", queue)).toBeGreaterThan(0.9 * capacity);
    expect(await metric(alloy, "otelcol_receiver_refused_spans_total", {})).toBeGreaterThan(0);
    expect(await metric(alloy, "otelcol_exporter_send_failed_spans_total", {})).toBe(0);

    tempo.status = 0;
    const arrived = () => Promise.resolve(new Set([...taken("payments"), ...taken("platform")]));
    await eventually(arrived, ({ size }) => size >= payments.accepted.length + shop.accepted.length, 60);
    expect([...new Set(taken("payments"))].sort()).toEqual(payments.accepted.sort());
    expect([...new Set(taken("platform"))].sort()).toEqual(shop.accepted.sort());
  });

  test("counts what is refused for good", async () => {
    tempo.status = 3;
    await send("shop", 2);
    const failed = () =>
      metric(alloy, "otelcol_exporter_send_failed_spans_total", { component_id: "otelcol.exporter.otlp.tempo_platform" });
    expect(await eventually(failed, (count) => count === 2, 20)).toBe(2);
  });
});

/** The sum of a metric's series with these labels. */
async function metric(alloy: Alloy, name: string, labels: Readonly<Record<string, string>>): Promise<number> {
  const series = (await alloy.metrics()).split("\n").filter((line) => line.startsWith(`${name}{`));
  const wanted = series.filter((line) => Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`)));
  return wanted.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}

async function sendSpan(otlp: string, namespace: string, name: string, bytes: number): Promise<number> {
  const now = String(BigInt(Date.now()) * 1_000_000n);
  const attributes = bytes > 0 ? [{ key: "filling", value: { stringValue: randomBytes(bytes / 2).toString("hex") } }] : [];
  const times = { startTimeUnixNano: now, endTimeUnixNano: now };
  const span = { traceId: randomBytes(16).toString("hex"), spanId: randomBytes(8).toString("hex"), name, kind: 2, ...times, attributes };
  const of = namespace ? [{ key: "k8s.namespace.name", value: { stringValue: namespace } }] : [];
  const body = JSON.stringify({ resourceSpans: [{ resource: { attributes: of }, scopeSpans: [{ spans: [span] }] }] });
  return (await fetch(otlp, { method: "POST", headers: { "Content-Type": "application/json" }, body })).status;
}
