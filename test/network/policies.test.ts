import { describe, expect, test } from "vitest";
import { manifest } from "../../components/network/manifests";
import { networkPolicies } from "../../components/network/policies";
import { direct, pods, reaches, traffic } from "./fixture";

describe("what is used is open", () => {
  const open = reaches(traffic({}, { logs: direct, sends: { alerts: true, logsMetrics: true, tracesMetrics: true } }));
  test.each([
    ["every pod asks the name servers", pods.loki, pods.nameServer, 53],
    ["Alloy asks the name servers", pods.alloy, pods.nameServer, 53],
    ["Alloy pushes to Loki", pods.alloy, pods.loki, 3100],
    ["Alloy hands spans to Tempo", pods.alloy, pods.tempo, 4317],
    ["Alloy asks the API server", pods.alloy, { address: "10.96.0.1" }, 443],
    ["a program sends spans to Alloy", pods.shop, pods.alloy, 4317],
    ["a program sends spans over HTTP", pods.shop, pods.alloy, 4318],
    ["Grafana asks Loki", pods.grafana, pods.loki, 3100],
    ["Grafana asks Tempo", pods.grafana, pods.tempo, 3200],
    ["Prometheus reads Loki", pods.prometheus, pods.loki, 3100],
    ["Prometheus reads Tempo", pods.prometheus, pods.tempo, 3200],
    ["Prometheus reads Alloy", pods.prometheus, pods.alloy, 12345],
    ["Loki's pods gossip", pods.loki, pods.lokiComponent("backend"), 7946],
    ["Loki's pods call one another", pods.lokiComponent("read"), pods.lokiComponent("write"), 9095],
    ["the gateway calls Loki", pods.gateway, pods.loki, 3100],
    ["Loki asks its caches", pods.loki, pods.lokiComponent("memcached-chunks-cache"), 11211],
    ["Prometheus reads what the caches say of themselves", pods.prometheus, pods.lokiComponent("memcached-chunks-cache"), 9150],
    ["Loki reaches its store", pods.loki, pods.store, 8443],
    ["Tempo reaches its store", pods.tempo, pods.store, 8443],
    ["Loki's ruler alerts", pods.loki, pods.alertmanager, 9093],
    ["Loki's ruler writes what it records", pods.loki, pods.prometheus, 9090],
    ["Tempo writes what it makes of spans", pods.tempo, pods.prometheus, 9090],
  ] as const)("%s", (_, from, to, port) => {
    expect(open(from, to, port)).toBe(true);
  });

  test("and gossip and names also by UDP", () => {
    expect(open(pods.loki, pods.lokiComponent("read"), 7946, "UDP")).toBe(true);
    expect(open(pods.tempo, pods.nameServer, 53, "UDP")).toBe(true);
  });
});

describe("what is not used is shut", () => {
  const open = reaches(traffic({}, { logs: direct }));
  test.each([
    ["a program pushes to Loki past Alloy", pods.shop, pods.loki, 3100],
    ["a program comes by the gateway without leave", pods.shop, pods.gateway, 8080],
    ["a program asks Tempo", pods.shop, pods.tempo, 3200],
    ["a program sends spans past Alloy", pods.shop, pods.tempo, 4317],
    ["a program reads Alloy's page", pods.shop, pods.alloy, 12345],
    ["a stranger in the namespace asks Loki", pods.stranger, pods.loki, 3100],
    ["a stranger in the namespace reaches the store", pods.stranger, pods.store, 8443],
    ["Alloy reaches the store", pods.alloy, pods.store, 8443],
    ["a program asks Loki's caches", pods.shop, pods.lokiComponent("memcached-chunks-cache"), 11211],
    ["Tempo asks Loki's caches", pods.tempo, pods.lokiComponent("memcached-chunks-cache"), 11211],
    ["a program reads what Loki says of itself", pods.shop, pods.loki, 9150],
    ["a program takes part in Tempo's ring", pods.shop, pods.tempo, 7946],
    ["Grafana sends spans to Tempo", pods.grafana, pods.tempo, 4317],
    ["Prometheus queries by the gateway", pods.prometheus, pods.gateway, 8080],
    ["Alloy asks Tempo", pods.alloy, pods.tempo, 3200],
    ["a node asks for Loki's lines without being named", { address: "10.1.2.3" }, pods.loki, 3100],
    ["a name server calls back", pods.nameServer, pods.loki, 3100],
    ["Alloy asks the kubelet", pods.alloy, { address: "10.1.2.3" }, 10250],
    ["Alloy asks Loki's ring", pods.alloy, pods.loki, 7946],
    ["Grafana reaches Loki's inner port", pods.grafana, pods.loki, 9095],
    ["Grafana reaches Alloy", pods.grafana, pods.alloy, 12345],
    ["Prometheus takes part in the ring", pods.prometheus, pods.loki, 7946],
    ["Loki calls Tempo", pods.loki, pods.tempo, 3200],
    ["Tempo calls Loki", pods.tempo, pods.loki, 3100],
    ["Loki asks the API server", pods.loki, { address: "10.96.0.1" }, 443],
    ["Loki calls the world", pods.loki, { address: "93.184.216.34" }, 443],
    ["Alloy calls the world", pods.alloy, { address: "93.184.216.34" }, 443],
    ["Loki reaches its store's other ports", pods.loki, pods.store, 80],
    ["Loki alerts, with nowhere to alert to", pods.loki, pods.alertmanager, 9093],
    ["Tempo writes metrics, with nowhere to write to", pods.tempo, pods.prometheus, 9090],
  ] as const)("%s", (_, from, to, port) => {
    expect(open(from, to, port)).toBe(false);
  });
});

describe("every policy", () => {
  const all = networkPolicies(
    traffic({ pushFrom: ["shop"], nodes: ["10.0.0.0/8"] }, { sends: { alerts: true, logsMetrics: true, tracesMetrics: true } }),
  );

  test("has a name of its own, and says what it is for", () => {
    const names = all.map(({ namespace, name }) => `${namespace}/${name}`);
    expect(names).toEqual([...new Set(names)]);
    for (const policy of all) expect(manifest(policy).metadata.annotations["granary.dev/purpose"]).toMatch(/^[A-Z].*\.$/);
  });

  test("opens nothing to everywhere: no rule without peers or ports, no whole internet", () => {
    for (const { name, ingress = [], egress = [] } of all) {
      for (const { peers, ports } of [...ingress, ...egress]) {
        expect(peers.length, name).toBeGreaterThan(0);
        expect(ports.length, name).toBeGreaterThan(0);
        for (const peer of peers) if ("ipBlock" in peer) expect(peer.ipBlock.cidr).not.toMatch(/\/0$/);
      }
    }
  });

  test("both namespaces begin with nothing", () => {
    const shut = all.filter(({ name }) => name === "granary-default-deny");
    expect(shut.map(({ namespace }) => namespace)).toEqual(["observability", "observability-collection"]);
    expect(manifest(shut[0] ?? (all[0] as never)).spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  });
});
