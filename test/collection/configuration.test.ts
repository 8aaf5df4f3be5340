import { describe, expect, test } from "vitest";
import { eventsConfiguration } from "../../components/collection/cluster-events";
import { otherStreams, streamSelector } from "../../components/collection/logql";
import { nodeConfiguration } from "../../components/collection/node-agent";
import { collectionConfig, everything, logs, traces } from "./fixture";
import { part } from "./part";

const node = (config: unknown = {}, more: { logs?: typeof logs; traces?: typeof traces | undefined } = { traces }) =>
  nodeConfiguration(collectionConfig(config), more.logs ?? logs, more.traces);
const tenanted = { ...logs, multiTenant: true, tenant: "platform" };

describe("pods' lines", () => {
  test("come from this node's pods alone", () => {
    expect(part(node(), 'discovery.kubernetes "pods"')).toContain('field = string.format("spec.nodeName=%s", sys.env("HOSTNAME"))');
  });

  test("carry namespace, pod, container and app, and what the stack adds", () => {
    const rules = part(node({ podLogs: { podLabels: { team: "example.com/team" } } }), 'discovery.relabel "pods"');
    const targets = [...rules.matchAll(/target_label\s+= "(\w+)"/g)].map(([, label]) => label);
    expect(targets).toEqual(["namespace", "pod", "container", "app", "team", "__path__", "__path__"]);
    expect(rules).toContain('["__meta_kubernetes_pod_label_example_com_team"]');
  });

  test("of system namespaces are left out, unless the stack wants them", () => {
    expect(part(node(), 'discovery.relabel "pods"')).toContain('regex         = "kube-system|kube-public|kube-node-lease"');
    expect(node({ podLogs: { dropNamespaces: [] } })).not.toContain('"drop"');
    const only = part(node({ podLogs: { dropNamespaces: ["a"], onlyNamespaces: ["b.*", "c"] } }), 'discovery.relabel "pods"');
    expect(only.indexOf('"keep"')).toBeLessThan(only.indexOf('"drop"'));
    expect(only).toContain('regex         = "b.*|c"');
  });

  test("are read from files, and their stream is not made a label", () => {
    const text = node();
    expect(part(text, 'loki.source.file "pods"')).toContain("loki.process.pods.receiver");
    expect(part(text, 'loki.process "pods"')).toContain('values = ["filename", "stream"]');
    expect(text).not.toContain("loki.source.kubernetes ");
  });

  test("come from the API server where the stack says so, already without the runtime's own format", () => {
    const text = node({ podLogs: { from: "kubernetes-api" } });
    expect(part(text, 'loki.source.kubernetes "pods"')).toContain("discovery.relabel.pods.output");
    expect(text).not.toContain("stage.cri");
    expect(text).not.toContain("__path__");
  });

  test("that belong together are joined, and those that nobody wants are dropped, where the stack says", () => {
    const stages = part(node(everything), 'loki.process "pods"');
    expect(stages).toContain('selector = "{namespace=\\"shop\\",app=\\"cart\\"}"');
    expect(stages).toContain('firstline     = "^\\\\d{4}-\\\\d{2}-\\\\d{2}"');
    expect(stages).toContain('selector = "{container=\\"istio-proxy\\"}"');
    expect(stages).toContain('drop_counter_reason = "health_checks"');
  });

  test("are joined everywhere when no pods are named", () => {
    const stages = part(node({ podLogs: { multiline: [{ firstLine: "^x" }] } }), 'loki.process "pods"');
    expect(stages).toContain("stage.multiline {");
    expect(stages).not.toContain("stage.match");
  });
});

describe("pushing", () => {
  test("names the tenant, also while Loki ignores it: so nothing is refused when that ends", () => {
    expect(part(node({}, { logs: tenanted }), 'loki.write "loki_platform"')).toContain('tenant_id           = "platform"');
    expect(part(node(), 'loki.write "loki"')).toContain('tenant_id           = "fake"');
  });

  test("never gives up, and so waits with reading instead of throwing away", () => {
    expect(part(node(), 'loki.write "loki"')).toContain("max_backoff_retries = 0");
  });
});

describe("spans", () => {
  test("are taken, told their pod, queued and handed to Tempo", () => {
    const text = node();
    const order = ["otelcol.receiver.otlp", "otelcol.processor.memory_limiter", "otelcol.processor.k8sattributes", "otelcol.exporter.otlp"];
    const at = order.map((name) => text.indexOf(name));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(part(text, 'otelcol.exporter.otlp "tempo"')).toContain('endpoint = "tempo.observability.svc.cluster.local:4317"');
  });

  test("are batched behind the queue, so that a full one refuses them where they come from", () => {
    expect(node({ traces: { queueSize: "64Mi" } })).not.toContain("otelcol.processor.batch");
    const queue = part(node({ traces: { queueSize: "64Mi" } }), 'otelcol.exporter.otlp "tempo"').split("sending_queue")[1];
    expect(queue).toMatch(/queue_size = 67108864\s+sizer\s+= "bytes"\s+batch \{/);
    // Tempo refuses messages of more than 4 MiB for good.
    expect(Number(/max_size\s+= (\d+)/.exec(queue ?? "")?.[1])).toBeLessThan(4 * 2 ** 20);
  });

  test("carry the tenant, also while Tempo ignores it", () => {
    const text = node({}, { traces: { ...traces, multiTenant: true, tenant: "platform" } });
    expect(part(text, 'otelcol.exporter.otlp "tempo_platform"')).toContain('"X-Scope-OrgID" = "platform"');
    expect(part(node(), 'otelcol.exporter.otlp "tempo"')).toContain('"X-Scope-OrgID" = "single-tenant"');
  });

  test("are not taken without Tempo, nor when the stack says so", () => {
    expect(node({}, {})).not.toContain("otelcol");
    expect(node({ traces: { enabled: false } })).not.toContain("otelcol");
  });
});

describe("the journal and events", () => {
  test("are options", () => {
    expect(node()).not.toContain("loki.source.journal");
    expect(part(node({ journal: { enabled: true } }), 'loki.source.journal "journal"')).toContain('path          = "/var/log/journal"');
  });

  test("events are read by one program, for all namespaces or those named", () => {
    const text = eventsConfiguration(collectionConfig(everything), logs);
    expect(part(text, 'loki.source.kubernetes_events "cluster"')).toContain('namespaces = ["shop"]');
    expect(text).toContain('loki.write "loki"');
    expect(node(everything)).not.toContain("kubernetes_events");
  });

  test("a part that is off leaves nothing behind", () => {
    expect(node({ podLogs: { enabled: false }, journal: { enabled: true } }, {})).not.toContain("pods");
  });
});

test("the same configuration gives the same bytes, whatever the order of its keys", () => {
  const one = node({ tenants: { a: ["x"], b: ["y"] }, externalLabels: { k: "1", l: "2" }, podLogs: { podLabels: { p: "x", q: "y" } } });
  const other = node({ podLogs: { podLabels: { q: "y", p: "x" } }, externalLabels: { l: "2", k: "1" }, tenants: { b: ["y"], a: ["x"] } });
  expect(one).toBe(other);
});

test("a name in a selector is only a name", () => {
  expect(streamSelector({ namespace: ['a"}', "b.c|d"] })).toBe('{namespace=~"a\\"\\\\}|b\\\\.c\\\\|d"}');
  expect(streamSelector({ namespace: [], app: undefined })).toBeUndefined();
  expect(otherStreams("namespace", ['a"}', "b.c"])).toBe('{namespace=~".+",namespace!~"a\\"\\\\}|b\\\\.c"}');
});
