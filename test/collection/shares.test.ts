// Tenants are kept apart from the first component to the last: nothing of one waits for another's, and nothing reaches another.
import { describe, expect, test } from "vitest";
import { eventsConfiguration } from "../../components/collection/cluster-events";
import { nodeConfiguration } from "../../components/collection/node-agent";
import { sharesOf } from "../../components/collection/shares";
import { collectionConfig, logs as oneTenant, traces as oneTenantTraces } from "./fixture";
import { part } from "./part";

const own = { multiTenant: true, tenant: "platform" };
const logs = { ...oneTenant, ...own };
const traces = { ...oneTenantTraces, ...own };
const tenants = { payments: ["payments", "payments-staging"], "team-a": ["shop"] };
const node = (config: object = {}) => nodeConfiguration(collectionConfig({ tenants, ...config }), logs, traces);
const alone = () => nodeConfiguration(collectionConfig(), oneTenant, oneTenantTraces);
const events = (config: object = {}) => eventsConfiguration(collectionConfig({ tenants, events: { enabled: true, ...config } }), logs);

/** Labels of all components of one kind. */
const labels = (text: string, kind: string): string[] =>
  [...text.matchAll(new RegExp(`^${kind.replaceAll(".", "\\.")} "(\\w+)"`, "gm"))].map(([, label]) => label ?? "");

describe("pods' lines", () => {
  test.each([
    ["discovery.relabel", "pods"],
    ["loki.source.file", "pods"],
    ["loki.process", "pods_platform"],
  ])("have a %s for each tenant", (kind, first) => {
    expect(labels(node(), kind)).toEqual([first, "pods_payments", "pods_team_a"]);
  });

  test("are found by one watch", () => {
    expect(labels(node(), "discovery.kubernetes")).toEqual(["pods"]);
  });

  test.each([
    ["", "_platform", "platform"],
    ["_payments", "_payments", "payments"],
    ["_team_a", "_team_a", "team-a"],
  ])("of source pods%s go through components%s to tenant %s by nothing that another uses", (suffix, sink, tenant) => {
    const text = node();
    expect(part(text, `loki.source.file "pods${suffix}"`)).toContain(`forward_to              = [loki.process.pods${sink}.receiver]`);
    expect(part(text, `loki.process "pods${sink}"`)).toContain(`forward_to = [loki.write.loki${sink}.receiver]`);
    expect(part(text, `loki.write "loki${sink}"`)).toContain(`tenant_id           = "${tenant}"`);
  });

  test("are a tenant's own by their namespace, and all others the first tenant's", () => {
    const first = (label: string) => part(node(), `discovery.relabel "${label}"`).split("rule {")[1];
    expect(first("pods_payments")).toMatch(/action\s+= "keep"[\s\S]*regex\s+= "payments\|payments-staging"/);
    expect(first("pods_team_a")).toMatch(/action\s+= "keep"[\s\S]*regex\s+= "shop"/);
    expect(first("pods")).toMatch(/action\s+= "drop"[\s\S]*regex\s+= "payments\|payments-staging\|shop"/);
  });

  test("are shaped alike for all", () => {
    const text = node({ podLogs: { dropLines: [{ matching: "x", reason: "y" }] } });
    for (const label of ["pods_platform", "pods_payments"]) expect(part(text, `loki.process "${label}"`)).toContain("stage.drop {");
  });

  test("keep where they are read from, whether or not there are other tenants", () => {
    expect(labels(alone(), "loki.source.file")).toEqual(["pods"]);
    expect(labels(node(), "loki.source.file")).toContain("pods");
  });

  test("that wait in a component reach no other tenant when the stack gets tenants or its first tenant changes", () => {
    const holders = ["loki.process", "loki.write", "otelcol.exporter.otlp"];
    const held = (text: string) => holders.flatMap((kind) => labels(text, kind).map((label) => `${kind}.${label}`));
    const renamed = nodeConfiguration(collectionConfig({ tenants }), { ...logs, tenant: "core" }, { ...traces, tenant: "core" });
    const shared = (one: string, other: string) => held(one).filter((name) => held(other).includes(name));
    expect(shared(alone(), node())).toEqual([]);
    expect(shared(node(), renamed)).toEqual(held(node()).filter((name) => /_(?:payments|team_a)$/.test(name)));
  });

  test("that a source still holds from namespaces of others are dropped before they have a tenant", () => {
    const first = (label: string) => part(node(), `loki.process "${label}"`).split("stage.match {")[1];
    expect(first("pods_platform")).toMatch(/selector\s+= "\{namespace=~\\"payments\|payments-staging\|shop\\"\}"\s+action\s+= "drop"/);
    expect(first("pods_payments")).toMatch(
      /selector\s+= "\{namespace=~\\"\.\+\\",namespace!~\\"payments\|payments-staging\\"\}"\s+action\s+= "drop"/,
    );
    expect(alone()).not.toContain("another_tenant");
  });

  test("of the first tenant may be named, which changes nothing", () => {
    expect(node({ tenants: { ...tenants, platform: ["x"] } })).toBe(node());
  });
});

test("a journal is the first tenant's; nothing is written for those who have no lines", () => {
  const text = node({ podLogs: { enabled: false }, journal: { enabled: true } });
  expect(part(text, 'loki.source.journal "journal"')).toContain("loki.write.loki_platform.receiver");
  expect(labels(text, "loki.write")).toEqual(["loki_platform"]);
});

describe("spans", () => {
  test("go from their pods to every tenant's filter, and from there to his exporter", () => {
    const text = node();
    expect(part(text, 'otelcol.processor.k8sattributes "pods"')).toContain(
      "traces = [otelcol.processor.filter.spans.input, otelcol.processor.filter.spans_payments.input, otelcol.processor.filter.spans_team_a.input]",
    );
    expect(part(text, 'otelcol.processor.filter "spans_payments"')).toContain("traces = [otelcol.exporter.otlp.tempo_payments.input]");
    expect(part(text, 'otelcol.exporter.otlp "tempo_payments"')).toContain('"X-Scope-OrgID" = "payments"');
    expect(part(text, 'otelcol.exporter.otlp "tempo_platform"')).toContain('"X-Scope-OrgID" = "platform"');
  });

  test("of others are dropped", () => {
    const name = 'resource.attributes[\\"k8s.namespace.name\\"]';
    expect(part(node(), 'otelcol.processor.filter "spans_payments"')).toContain(
      `conditions = ["${name} != \\"payments\\" and ${name} != \\"payments-staging\\""]`,
    );
    expect(part(node(), 'otelcol.processor.filter "spans"')).toContain(
      `conditions = ["${name} == \\"payments\\"", "${name} == \\"payments-staging\\"", "${name} == \\"shop\\""]`,
    );
  });

  test("need no filter where there is one tenant", () => {
    expect(alone()).not.toContain("otelcol.processor.filter");
  });
});

describe("events", () => {
  test("of a tenant's namespaces are read for him; the first tenant's reader drops them", () => {
    const text = events();
    expect(part(text, 'loki.source.kubernetes_events "cluster_payments"')).toMatch(
      /namespaces = \["payments", "payments-staging"\]\s+forward_to = \[loki.process.cluster_payments.receiver\]/,
    );
    expect(part(text, 'loki.process "cluster_payments"')).toContain("forward_to = [loki.write.loki_payments.receiver]");
    expect(part(text, 'loki.source.kubernetes_events "cluster"')).toMatch(
      /namespaces = \[\]\s+forward_to = \[loki.process.cluster_platform.receiver\]/,
    );
    expect(part(text, 'loki.process "cluster_platform"')).toMatch(
      /selector\s+= "\{namespace=~\\"payments\|payments-staging\|shop\\"\}"\s+action\s+= "drop"/,
    );
  });

  test("of named namespaces are parted among those whose they are", () => {
    const text = events({ namespaces: ["payments", "kube-system"] });
    expect(labels(text, "loki.source.kubernetes_events")).toEqual(["cluster", "cluster_payments"]);
    expect(part(text, 'loki.source.kubernetes_events "cluster"')).toContain('namespaces = ["kube-system"]');
    expect(part(text, 'loki.source.kubernetes_events "cluster_payments"')).toContain('namespaces = ["payments"]');
  });

  test("of nobody's namespaces have no reader", () => {
    expect(labels(events({ namespaces: ["shop"] }), "loki.source.kubernetes_events")).toEqual(["cluster_team_a"]);
  });
});

test("tenants' order is not that of the configuration", () => {
  const reversed = Object.fromEntries(Object.entries(tenants).reverse());
  expect(sharesOf(reversed, own)).toEqual(sharesOf(tenants, own));
});
