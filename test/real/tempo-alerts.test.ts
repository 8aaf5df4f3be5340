// Alerts and panels over a real Tempo: a real Prometheus reads it, also while its store can't be reached.
import { randomBytes } from "node:crypto";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { alertGroups } from "../../components/observe/alerts/rules";
import { dashboards } from "../../components/observe/dashboards/all";
import { sceneOf } from "../../components/observe/observe";
import { tempoConfig } from "../../components/traces/config";
import { cephBinding } from "../logs/fixture";
import { observeArgs, traces, watched } from "../observe/fixture";
import { metricNames } from "../observe/promql";
import { tempoInput } from "../traces/fixture";
import { type Ceph, ceph, type Prometheus, prometheus } from "./servers";
import { eventually } from "./support/eventually";
import { s3 } from "./support/s3";
import { sendTrace } from "./support/spans";
import { startTempo, type Tempo, tempoBinary, withoutTempo } from "./support/tempo";

const bucket = "watched-spans";
const missing = [...ceph.missing(), ...prometheus.missing(), ...(tempoBinary ? [] : [withoutTempo])];
const args = { traces };
const alerts = alertGroups(watched({}, args)).flatMap((group) => group.alerts);
const panels = dashboards(sceneOf(observeArgs({}, args))).flatMap(({ rows }) => rows.flatMap((row) => row.panels));
const ofTempo = (expression: string) => metricNames(expression).every((name) => /^tempo(db)?_/.test(name));

/** Born with the first failure, with the first answer of that kind, or with metrics of spans. */
const notYet = [
  "tempodb_blocklist_poll_errors_total",
  "tempodb_blocklist_tenant_index_errors_total",
  "tempo_metrics_generator_registry_active_series",
];

describe.skipIf(missing.length > 0)(`What is asked of a real Tempo${missing.length > 0 ? ` (${missing.join("; ")})` : ""}`, () => {
  let store: Ceph;
  let tempo: Tempo;
  let watching: Prometheus;

  beforeAll(async () => {
    store = await ceph.start({});
    const keys = await store.user("watched-tempo");
    await s3(store.endpoint, keys).send(new CreateBucketCommand({ Bucket: bucket }));
    const config = {
      limits: { ingestionRate: "16Ki", ingestionBurst: "16Ki" },
      extraConfig: { storage: { trace: { blocklist_poll: "2s" } } },
    };
    const place = { endpoint: store.tlsEndpoint, caFile: store.caFile };
    tempo = await startTempo(tempoConfig(tempoInput(config, [], cephBinding(bucket))), place, keys);
    watching = await prometheus.start({
      targets: { [new URL(tempo.endpoint).host]: { job: "granary/tempo", namespace: "observability", pod: "tempo-0" } },
    });
  });
  afterAll(async () => {
    await watching?.stop();
    await tempo?.stop();
    await store?.stop();
  });

  const send = (bytes = 0) => sendTrace(tempo.otlp, randomBytes(16).toString("hex"), { bytes });
  const flush = () => fetch(`${tempo.endpoint}/flush`, { method: "POST" });

  async function firing(): Promise<string[]> {
    const names = new Set<string>();
    for (const { name, expression } of alerts) {
      if (ofTempo(expression) && (await watching.query(expression)).length > 0) names.add(name);
    }
    return [...names].sort();
  }

  test("every series that an alert or a panel asks for is there, and no alert has a reason to fire", async () => {
    expect([await send(), await send()]).toEqual([200, 200]);
    await flush();
    await fetch(`${tempo.endpoint}/api/search?q=%7B%7D`);
    const asked = [...alerts, ...panels.flatMap(({ queries }) => queries)].map(({ expression }) => expression).filter(ofTempo);
    const names = [...new Set(asked.flatMap(metricNames))].filter((name) => !notYet.includes(name));
    expect(names.length).toBeGreaterThan(15);
    const seen = await eventually(
      () => watching.names(),
      (all) => names.every((name) => all.includes(name)),
    );
    expect(names.filter((name) => !seen.includes(name))).toEqual([]);
    expect(await firing()).toEqual([]);
  });

  test("spans that are refused are told of, which no request's status does", async () => {
    expect(await send(64 * 1024)).toBe(429);
    const found = await eventually(firing, (names) => names.includes("GranaryTraceIngestionFailing"));
    expect(found).toEqual(["GranarySpansDiscarded", "GranaryTraceIngestionFailing"]);
  });

  test("a store that does not answer is told of by lists and flushes, and not by its errors", async () => {
    const told = ["GranaryBlocklistPollFailing", "GranaryTraceFlushFailing"];
    await store.gateway.kill();
    expect(await send()).toBe(200);
    await flush();
    const found = await eventually(firing, (names) => told.every((name) => names.includes(name)), 120);
    expect(found).toEqual(expect.arrayContaining(told));
    expect(found).not.toContain("GranaryObjectStoreErrors");
  });
});
