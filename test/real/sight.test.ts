// Dashboards and alerts over a real Loki: a real Prometheus reads it, and every question about Loki is asked and answered.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { alertGroups } from "../../components/observe/alerts/rules";
import { dashboards } from "../../components/observe/dashboards/all";
import { sceneOf } from "../../components/observe/observe";
import { logs, observeArgs, watched } from "../observe/fixture";
import { metricNames } from "../observe/promql";
import { expectOk, previewStack } from "../support/preview";
import { ceph, type Loki, loki, type Prometheus, prometheus } from "./servers";
import { makeCephStack } from "./support/ceph-stack";
import { eventually } from "./support/eventually";
import { localLoki } from "./support/local-loki";
import { lokiClient } from "./support/loki-client";
import { describeReal } from "./support/suite";

/** Panels that are empty as long as nothing fails. */
const onlyFailures = /Errors by route|Lines refused, by reason|answers other than success/;

const panels = dashboards(sceneOf(observeArgs())).flatMap(({ uid, rows }) =>
  rows.flatMap((row) => row.panels.map((panel) => ({ where: `${uid}: ${row.title}: ${panel.title}`, ...panel }))),
);
const ofLoki = (expression: string) => metricNames(expression).every((name) => /^loki_(?!write_|process_|source_)/.test(name));

describeReal("What is shown of a real Loki", [loki, ceph, prometheus], () => {
  let running: Loki;
  let watching: Prometheus;

  beforeAll(async () => {
    const dev = await expectOk(previewStack("dev"));
    const store = await ceph.shared();
    const { accessKeyId, secretAccessKey } = await (await makeCephStack(store, dev)).keys("granary-dev-loki");
    const { values } = dev.resource("granary-logs-release").inputs as { values: { loki: { config: string } } };
    running = await loki.start({
      configuration: (place) => localLoki(values.loki.config, place, { endpoint: store.tlsEndpoint, caFile: store.caFile }),
      env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
      args: ["-compactor.compaction-interval=2s"],
    });
    watching = await prometheus.start({
      targets: { [new URL(running.endpoint).host]: { job: "granary/loki", namespace: "observability", pod: "loki-0" } },
    });
    await use(running);
  });
  afterAll(async () => {
    await watching?.stop();
    await running?.stop();
  });

  /** Some of everything: lines that are kept and one that is refused, a flush, queries; and Loki's own log, as the collection would bring it. */
  async function use({ endpoint, logs }: Loki): Promise<void> {
    const client = lokiClient(endpoint);
    const labels = { namespace: "shop", app: "cart", pod: "cart-0", container: "cart" };
    for (let round = 0; round < 5; round++) {
      await client.push(labels, [
        `level=info msg="round ${round}"`,
        'level=error msg="out of stock" trace_id=4bf92f3577b34da6a3ce929d0e0e4736',
      ]);
      await client.query('{namespace="shop"} |= "stock"');
      await new Promise((done) => setTimeout(done, 1500));
    }
    // As the collection labels them: a node's journal has no namespace, and events have nothing but that.
    await client.push({ job: "node-journal", node: "a", unit: "kubelet.service" }, ["Started container"]);
    await client.push({ job: "kubernetes-events", namespace: "shop" }, ['{"reason":"BackOff"}']);
    await client.push(labels, ["too old"], new Date(Date.now() - 30 * 86400_000)).catch(() => undefined);
    await client.flush();
    await client.query('{namespace="shop"}');
    const own = readdirSync(logs)
      .filter((name) => name.endsWith(".log"))
      .map((name) => readFileSync(join(logs, name), "utf8"));
    const statistics = own
      .join("\n")
      .split("\n")
      .filter((line) => line.includes("metrics.go"));
    await client.push({ namespace: "observability", app: "loki", pod: "loki-0", container: "loki" }, statistics.slice(-50));
    await new Promise((done) => setTimeout(done, 3000));
  }

  test("every series of Loki that an alert or a panel asks for is there", async () => {
    const asked = [
      ...alertGroups(watched()).flatMap(({ alerts }) => alerts.map(({ expression }) => expression)),
      ...panels.filter(({ source }) => source === "metrics").flatMap(({ queries }) => queries.map(({ expression }) => expression)),
    ];
    const names = [...new Set(asked.flatMap(metricNames))].filter(ofLoki);
    expect(names.length).toBeGreaterThan(30);
    const seen = await eventually(
      () => watching.names(),
      (all) => names.every((name) => all.includes(name)),
    );
    expect(names.filter((name) => !seen.includes(name))).toEqual([]);
  });

  test("every panel about Loki shows something, but those about failures", async () => {
    const empty: string[] = [];
    for (const { where, queries, source } of panels) {
      if (source !== "metrics" || !queries.every(({ expression }) => ofLoki(expression))) continue;
      const answers = await Promise.all(queries.map(({ expression }) => watching.query(expression.replace(/\$__rate_interval/g, "1m"))));
      if (answers.every((answer) => answer.length === 0)) empty.push(where);
    }
    expect(empty.filter((where) => !onlyFailures.test(where))).toEqual([]);
  });

  test("no alert about Loki has a reason to fire, but that a line was refused", async () => {
    const firing: string[] = [];
    const alone = watched({}, { logs: { ...logs, ingesters: 1 } });
    for (const { name, expression } of alertGroups(alone).flatMap(({ alerts }) => alerts)) {
      if (ofLoki(expression) && (await watching.query(expression)).length > 0) firing.push(name);
    }
    expect(firing).toEqual(["GranaryLogsRejected"]);
  });

  test("by application shows the journal and events as well, where nothing is chosen", async () => {
    const panel = panels.find(({ where }) => where === "granary-log-volume: Over time: By application");
    const query = (panel?.queries[0]?.expression ?? "").replace("$__auto", "1h").replace(/\$(namespace|app|pod)\b/g, ".*");
    const answer = await fetch(`${running.endpoint}/loki/api/v1/query?${new URLSearchParams({ query })}`);
    const { data } = (await answer.json()) as { data: { result: { metric: Record<string, string> }[] } };
    expect(data.result.map(({ metric }) => metric.service_name).sort()).toEqual(["cart", "kubernetes-events", "loki", "node-journal"]);
  });

  test("every question to Loki itself is answered", async () => {
    const unanswered: string[] = [];
    for (const { where, queries, source } of panels) {
      if (source !== "logs") continue;
      for (const { expression } of queries) {
        const query = expression.replace(/\$__(auto|range)/g, "1h").replace(/\$(namespace|app|pod)\b/g, ".*");
        const ask = query.startsWith("{") ? "query_range" : "query";
        const answer = await fetch(`${running.endpoint}/loki/api/v1/${ask}?${new URLSearchParams({ query })}`);
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${where}: ${text}`);
        if ((JSON.parse(text) as { data: { result: unknown[] } }).data.result.length === 0) unanswered.push(where);
      }
    }
    // That no query here takes five seconds is well.
    expect(unanswered.filter((where) => !where.endsWith("Slower than five seconds"))).toEqual([]);
  });
});
