import { describe, expect, test } from "vitest";
import { networkSchema } from "../../components/config/schema/network";
import { networkProblems } from "../../components/network/problems";
import { stackConfig } from "../collection/fixture";

describe("a network that does not fit", () => {
  const problems = (network: unknown, more: object = {}) =>
    networkProblems(stackConfig({}, { network, ...more })).map(({ path, message }) => `${path} ${message}`);

  test.each([
    ["as it comes", {}, {}, []],
    ["off", { enabled: false, apiServer: { cidrs: ["0.0.0.0/0"] } }, {}, []],
    [
      "open to the world",
      { apiServer: { cidrs: ["0.0.0.0/0"] } },
      {},
      ["granary:network.apiServer.cidrs[0] found 0.0.0.0/0, which is everywhere; allowed is the network that it is for"],
    ],
    [
      "open to the other family's world",
      { apiServer: { cidrs: ["10.0.0.0/8", "::/0"] } },
      {},
      ["granary:network.apiServer.cidrs[1] found ::/0, which is everywhere; allowed is the network that it is for"],
    ],
    [
      "with nodes that Cilium would not look at",
      { plugin: "cilium", nodes: ["10.1.0.0/16"] },
      {},
      [
        "granary:network.nodes does nothing with plugin cilium: address ranges don't select nodes there, and the kubelet's probes pass by themselves; leave it out",
      ],
    ],
    [
      "with senders of spans that nobody takes",
      { tracesFrom: ["shop"] },
      { collection: { traces: { enabled: false } } },
      ["granary:network.tracesFrom names who may send spans, but granary:collection.traces is off; enable it or leave this out"],
    ],
    [
      "with pushers but no gateway",
      { pushFrom: ["shop"] },
      { logs: { gateway: { enabled: false } } },
      ["granary:network.pushFrom names who may come in by Loki's gateway, but granary:logs.gateway is off; enable it or leave this out"],
    ],
  ])("%s", (_, network, more, said) => {
    expect(problems(network, more)).toEqual(said);
  });
});

describe("an address that Loki or Tempo sends to", () => {
  const problems = (network: unknown, { alerts, rules, spans }: { alerts?: string; rules?: string; spans?: string }) =>
    networkProblems(
      stackConfig(
        {},
        {
          network,
          logs: { ruler: { ...(alerts ? { alertmanagerUrl: alerts } : {}), ...(rules ? { remoteWriteUrl: rules } : {}) } },
          traces: { metricsGenerator: spans ? { remoteWriteUrl: spans } : {} },
        },
      ),
    ).map(({ path, message }) => `${path} ${message}`);
  const mimir = { namespace: "mimir", podLabels: { "app.kubernetes.io/component": "distributor" }, port: 8080 };
  const outside = { cidrs: ["203.0.113.0/24"], port: 443 };

  test.each([
    ["Prometheus where it is by default", {}, { rules: "http://prometheus.monitoring.svc:9090/api/v1/write" }],
    ["the same by its whole name", {}, { rules: "http://prometheus-operated.monitoring.svc.cluster.local:9090/api/v1/write" }],
    ["the same by a short name", {}, { rules: "http://prometheus.monitoring:9090/api/v1/write" }],
    ["one pod of a service", {}, { alerts: "http://alertmanager-0.alertmanager-operated.monitoring.svc:9093" }],
    ["Mimir by the port of its Service", { metricsTarget: mimir }, { spans: "http://mimir-nginx.mimir.svc/api/v1/push" }],
    ["Granary's own namespace", { metricsTarget: { ...mimir, namespace: "observability" } }, { rules: "http://prometheus:9090/write" }],
    ["outside by addresses", { metricsTarget: outside }, { rules: "https://mimir.example.com/push", spans: "https://203.0.113.7/push" }],
    ["outside by another port", { alertmanager: { ...outside, port: 9093 } }, { alerts: "http://alerts.example.com:9093" }],
  ])("arrives: %s", (_, network, urls) => {
    expect(problems(network, urls)).toEqual([]);
  });

  const opened = "which network policies would not let through: granary:network";
  test.each([
    [
      "outside, while pods are open",
      {},
      { rules: "https://mimir.example.com/api/v1/push" },
      [
        `granary:logs.ruler.remoteWriteUrl leads to mimir.example.com, ${opened}.metricsTarget opens the namespace monitoring; set there cidrs, with port: 443`,
      ],
    ],
    [
      "another namespace",
      {},
      { spans: "http://mimir-nginx.mimir.svc/api/v1/push", alerts: "http://alertmanager.alerting.svc.cluster.local:9093" },
      [
        `granary:logs.ruler.alertmanagerUrl leads to alertmanager.alerting.svc.cluster.local, ${opened}.alertmanager opens the namespace monitoring; set there namespace: alerting, with the podLabels and port of the pods behind it`,
        `granary:traces.metricsGenerator.remoteWriteUrl leads to mimir-nginx.mimir.svc, ${opened}.metricsTarget opens the namespace monitoring; set there namespace: mimir, with the podLabels and port of the pods behind it`,
      ],
    ],
    [
      "a Service, while addresses are open",
      { metricsTarget: outside },
      { rules: "http://prometheus.monitoring.svc:9090/write" },
      [
        `granary:logs.ruler.remoteWriteUrl leads to prometheus.monitoring.svc, ${opened}.metricsTarget opens addresses; set there namespace: monitoring, with the podLabels and port of the pods behind it`,
      ],
    ],
    [
      "addresses at another port",
      { metricsTarget: outside },
      { rules: "https://mimir.example.com:8443/push" },
      [`granary:logs.ruler.remoteWriteUrl leads to mimir.example.com, ${opened}.metricsTarget opens port 443; set there port: 8443`],
    ],
    [
      "a password in it is not shown",
      {},
      { rules: "https://user:pa55@mimir.example.com/push" },
      [
        `granary:logs.ruler.remoteWriteUrl leads to mimir.example.com, ${opened}.metricsTarget opens the namespace monitoring; set there cidrs, with port: 443`,
      ],
    ],
    [
      "a target that nothing sends to",
      { metricsTarget: outside },
      {},
      [
        "granary:network.metricsTarget opens a way for metrics that nothing sends; set granary:logs.ruler.remoteWriteUrl or granary:traces.metricsGenerator.remoteWriteUrl, or leave this out",
      ],
    ],
    ["no policies at all", { enabled: false, metricsTarget: mimir }, { rules: "https://mimir.example.com/push" }, []],
  ])("is dropped: %s", (_, network, urls, said) => {
    expect(problems(network, urls)).toEqual(said);
  });

  test("a target is either pods or addresses, whole", () => {
    for (const metricsTarget of [{ namespace: "mimir" }, { cidrs: ["203.0.113.0/24"] }, { ...mimir, ...outside }])
      expect(networkSchema.safeParse({ metricsTarget }).success).toBe(false);
  });
});
