import { describe, expect, test } from "vitest";
import { dashboards } from "../../components/observe/dashboards/all";
import { dashboardJson } from "../../components/observe/dashboards/render";
import { sceneOf } from "../../components/observe/observe";
import { observeArgs } from "./fixture";
import { knownMetrics } from "./known-metrics";
import { metricNames } from "./promql";

interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource?: { type: string; uid: string };
  targets?: { refId: string; expr: string; datasource: { type: string; uid: string } }[];
  fieldConfig?: { defaults: { unit?: string } };
}
interface Model {
  uid: string;
  title: string;
  editable: boolean;
  panels: Panel[];
  templating?: { list: { name: string; type: string; allValue?: string; datasource?: { uid: string } }[] };
}

const rendering = { prometheusUid: "prometheus", currency: "USD" };
const scene = sceneOf(observeArgs());
const all = dashboards(scene);
const models = new Map(all.map((dashboard) => [dashboard.uid, JSON.parse(dashboardJson(dashboard, rendering)) as Model]));
const panelsOf = (model: Model) => model.panels.filter(({ type }) => type !== "row");

describe.each([...models])("%s", (uid, model) => {
  test("has a name of its own that Grafana accepts, and belongs to the program", () => {
    expect(uid).toMatch(/^granary-[a-z-]{1,32}$/);
    expect(model.title).toMatch(/^Granary \/ /);
    expect(model.editable).toBe(false);
  });

  test("numbers its panels and lets none lie upon another or beyond the edge", () => {
    const ids = model.panels.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    const taken = new Set<string>();
    for (const { title, gridPos } of model.panels) {
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(taken.has(`${x},${y}`), title).toBe(false);
          taken.add(`${x},${y}`);
        }
      }
    }
  });

  test("asks every panel's question of a source that is there", () => {
    const sources = new Set([
      "prometheus",
      ...(model.templating?.list ?? []).filter(({ type }) => type === "datasource").map(({ name }) => `\${${name}}`),
    ]);
    for (const { title, datasource, targets = [] } of panelsOf(model)) {
      expect(targets.length, title).toBeGreaterThan(0);
      expect(sources).toContain(datasource?.uid);
      for (const target of targets) expect(target.datasource).toEqual(datasource);
      const refs = targets.map(({ refId }) => refId);
      expect(refs).toEqual([...new Set(refs)]);
    }
  });

  test("uses only variables that it has", () => {
    const known = new Set((model.templating?.list ?? []).map(({ name }) => name));
    const builtIn = /^(__rate_interval|__range|__auto|__interval)$/;
    for (const { targets = [] } of panelsOf(model)) {
      for (const { expr } of targets) {
        for (const [, name = ""] of expr.matchAll(/\$\{?([A-Za-z_]+)/g))
          expect(known.has(name) || builtIn.test(name), `${name} in ${expr}`).toBe(true);
      }
    }
  });

  test("asks only for metrics that exist", () => {
    for (const { title, targets = [] } of panelsOf(model)) {
      for (const { expr, datasource } of targets) {
        if (datasource.type === "prometheus")
          expect([title, metricNames(expr).filter((name) => !knownMetrics.has(name))]).toEqual([title, []]);
      }
    }
  });

  test("fits a ConfigMap with room to spare, and is the same bytes each time", () => {
    const dashboard = all.find((each) => each.uid === uid);
    if (!dashboard) throw new Error(uid);
    const text = dashboardJson(dashboard, rendering);
    expect(Buffer.byteLength(text)).toBeLessThan(2 ** 18);
    expect(dashboardJson(dashboards(sceneOf(observeArgs())).find((each) => each.uid === uid) ?? dashboard, rendering)).toBe(text);
  });
});

describe("choices", () => {
  const list = (uid: string) => (models.get(uid)?.templating?.list ?? []).filter(({ type }) => type === "query");

  test("of logs take in lines without that label until one is chosen", () => {
    expect(list("granary-log-volume").map(({ name, allValue }) => [name, allValue])).toEqual([
      ["namespace", ".*"],
      ["app", ".*"],
      ["pod", ".*"],
    ]);
  });

  test("never leave Loki a selector that could be empty, which it refuses", () => {
    const selectors = [...JSON.stringify(models.get("granary-log-volume")).matchAll(/\{([^{}]*=~[^{}]*)\}/g)].map(
      ([, matchers = ""]) => matchers,
    );
    expect(selectors.length).toBeGreaterThan(8);
    for (const matchers of selectors) expect(matchers).toContain('service_name=~\\".+\\"');
  });

  test("of metrics keep to series that have the label", () => {
    expect(list("granary-resources").map(({ name, allValue }) => [name, allValue])).toEqual([["pod", ".+"]]);
  });
});

describe("what the stack has decides what is shown", () => {
  const uids = (...args: Parameters<typeof observeArgs>) => dashboards(sceneOf(observeArgs(...args))).map(({ uid }) => uid);

  test("everything has a dashboard", () => {
    expect(uids().sort()).toEqual([
      "granary-log-volume",
      "granary-logs-operation",
      "granary-object-store",
      "granary-query-performance",
      "granary-resources",
      "granary-traces",
    ]);
  });

  test("plain disk has no object store to show", () => {
    expect(uids({}, { store: "filesystem", buckets: {} })).not.toContain("granary-object-store");
  });

  test("Ceph's own metrics are shown on Ceph alone", () => {
    const titles = (store: "aws" | "rook-ceph") =>
      dashboards(sceneOf(observeArgs({}, { store })))
        .find(({ uid }) => uid === "granary-object-store")
        ?.rows.map(({ title }) => title);
    expect(titles("rook-ceph")).toContain("Ceph's object gateway");
    expect(titles("aws")).not.toContain("Ceph's object gateway");
  });

  test("the estimate uses the stack's prices, and says its currency", () => {
    const prices = { currency: "EUR", perGigabyteMonth: 0.005, perThousandWrites: 0, perThousandReads: 0 };
    const own = sceneOf(observeArgs({ prices }));
    const store = dashboards(own).find(({ uid }) => uid === "granary-object-store");
    if (!store) throw new Error("no such dashboard");
    const model = JSON.parse(dashboardJson(store, { prometheusUid: "prometheus", currency: own.prices.currency })) as Model;
    const [estimate] = panelsOf(model);
    expect(estimate?.fieldConfig?.defaults.unit).toBe("currencyEUR");
    expect(estimate?.targets?.[0]?.expr).toContain("/ 1e9 * 0.005");
  });
});
