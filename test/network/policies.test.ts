import { describe, expect, test } from "vitest";
import { manifest } from "../../components/network/manifests";
import { networkPolicies } from "../../components/network/policies";
import { logs, traces } from "../observe/fixture";
import { binding, pods, reaches, traffic } from "./fixture";

const gatewayed = {
  ...logs,
  pushUrl: "http://loki-gateway.observability.svc:80/loki/api/v1/push",
  queryUrl: "http://loki-gateway.observability.svc:80",
};
const direct = { ...logs, pushUrl: "http://loki.observability.svc:3100/loki/api/v1/push", queryUrl: "http://loki.observability.svc:3100" };
const distributed = {
  ...logs,
  pushUrl: "http://loki-distributor.observability.svc:3100/x",
  queryUrl: "http://loki-query-frontend.observability.svc:3100",
};

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

describe("the configuration opens", () => {
  test("the gateway to those who may push or query, and to Grafana and Alloy where they use it", () => {
    const open = reaches(traffic({ pushFrom: ["shop"] }, { logs: gatewayed }));
    expect(open(pods.shop, pods.gateway, 8080)).toBe(true);
    expect(open(pods.shop, pods.loki, 3100)).toBe(false);
    expect(open(pods.alloy, pods.gateway, 8080)).toBe(true);
    expect(open(pods.alloy, pods.loki, 3100)).toBe(false);
    expect(open(pods.grafana, pods.gateway, 8080)).toBe(true);
    expect(open(pods.grafana, pods.loki, 3100)).toBe(false);
  });

  test("only the component that answers", () => {
    const open = reaches(traffic({}, { logs: distributed }));
    expect(open(pods.alloy, pods.lokiComponent("distributor"), 3100)).toBe(true);
    expect(open(pods.alloy, pods.lokiComponent("query-frontend"), 3100)).toBe(false);
    expect(open(pods.grafana, pods.lokiComponent("query-frontend"), 3100)).toBe(true);
    expect(open(pods.grafana, pods.lokiComponent("ingester"), 3100)).toBe(false);
  });

  test("Tempo to those who may query, but not where it would believe them any tenant's name", () => {
    expect(reaches(traffic({ queryFrom: ["shop"] }))(pods.shop, pods.tempo, 3200)).toBe(true);
    expect(reaches(traffic({ queryFrom: ["shop"] }, { traces: { ...traces, multiTenant: true } }))(pods.shop, pods.tempo, 3200)).toBe(
      false,
    );
  });

  test("Alloy's receiver to those namespaces alone that may send", () => {
    const open = reaches(traffic({ tracesFrom: ["shop"] }));
    expect(open(pods.shop, pods.alloy, 4317)).toBe(true);
    expect(open({ ...pods.shop, namespace: "other" }, pods.alloy, 4317)).toBe(false);
  });

  test("the way from other places and labels", () => {
    const grafana = { namespace: "dashboards", labels: { app: "grafana" } };
    const open = reaches(traffic({ grafana: { namespace: "dashboards", podLabels: { app: "grafana" } } }, { logs: direct }));
    expect(open(grafana, pods.loki, 3100)).toBe(true);
    expect(open(pods.grafana, pods.loki, 3100)).toBe(false);
  });

  test("name servers where their pods listen, on both protocols", () => {
    const dns = { namespace: "openshift-dns", podLabels: { "dns.operator.openshift.io/daemonset-dns": "default" }, ports: [5353] };
    const server = { namespace: "openshift-dns", labels: dns.podLabels };
    const open = reaches(traffic({ dns }));
    for (const protocol of ["UDP", "TCP"] as const) {
      expect(open(pods.loki, server, 5353, protocol)).toBe(true);
      expect(open(pods.alloy, server, 5353, protocol)).toBe(true);
      expect(open(pods.loki, server, 53, protocol)).toBe(false);
    }
  });

  test("networks of both families", () => {
    const open = reaches(traffic({ apiServer: { cidrs: ["10.0.0.0/8", "fd00:10::/32"] } }));
    expect(open(pods.alloy, { address: "fd00:10::1" }, 6443)).toBe(true);
    expect(open(pods.alloy, { address: "fd00:11::1" }, 6443)).toBe(false);
  });

  test("the way to whoever takes metrics, and no longer the one to Prometheus", () => {
    const sends = { alerts: true, logsMetrics: true, tracesMetrics: true };
    const mimir = { namespace: "mimir", labels: { "app.kubernetes.io/component": "distributor" } };
    const metricsTarget = { namespace: "mimir", podLabels: mimir.labels, port: 8080 };
    const open = reaches(traffic({ metricsTarget, alertmanager: { cidrs: ["203.0.113.0/24"], port: 443 } }, { sends }));
    for (const sender of [pods.loki, pods.tempo]) {
      expect(open(sender, mimir, 8080)).toBe(true);
      expect(open(sender, pods.prometheus, 9090)).toBe(false);
    }
    expect(open(pods.loki, { address: "203.0.113.7" }, 443)).toBe(true);
    expect(open(pods.loki, pods.alertmanager, 9093)).toBe(false);
    expect(open(pods.prometheus, pods.tempo, 3200)).toBe(true);
  });

  test("names on the nodes themselves, and their probes", () => {
    const open = reaches(traffic({ dns: { cidrs: ["169.254.20.10/32"] }, nodes: ["10.1.0.0/16"] }, { logs: direct }));
    expect(open(pods.loki, { address: "169.254.20.10" }, 53, "UDP")).toBe(true);
    expect(open({ address: "10.1.2.3" }, pods.loki, 3100)).toBe(true);
    expect(open({ address: "10.2.2.3" }, pods.loki, 3100)).toBe(false);
  });
});

describe("the store's kind decides", () => {
  const cidrs = binding({ kind: "cidrs", cidrs: ["10.0.0.0/16"], port: 443 });
  const role = (kind: "irsa" | "pod-identity") => binding(cidrs.endpoint.reach, { kind, roleArn: undefined as never });
  const to = (bindings: Parameters<typeof traffic>[1], config: unknown = {}) => reaches(traffic(config, bindings));

  test("a store outside is reached at its addresses and port", () => {
    const open = to({ buckets: { logs: [cidrs], traces: [cidrs] } });
    expect(open(pods.loki, { address: "10.0.5.5" }, 443)).toBe(true);
    expect(open(pods.loki, { address: "10.1.5.5" }, 443)).toBe(false);
    expect(open(pods.loki, { address: "10.0.5.5" }, 80)).toBe(false);
  });

  test("plain disk needs no way at all", () => {
    const disk = { kind: "disk", size: { bytes: 1 }, ready: [] } as const;
    const names = networkPolicies(traffic({}, { buckets: { logs: [disk], traces: [disk] } })).map(({ name }) => name);
    expect(names.filter((name) => name.endsWith("-store"))).toEqual([]);
  });

  test("a pod's identity comes from its node", () => {
    const open = to({ buckets: { logs: [role("pod-identity")], traces: [] } });
    expect(open(pods.loki, { address: "169.254.170.23" }, 80)).toBe(true);
    expect(open(pods.tempo, { address: "169.254.170.23" }, 80)).toBe(false);
  });

  test("a service account's role comes from the token service", () => {
    const open = to({ buckets: { logs: [role("irsa")], traces: [] } }, { tokenService: { cidrs: ["52.94.0.0/16"] } });
    expect(open(pods.loki, { address: "52.94.1.1" }, 443)).toBe(true);
    expect(open(pods.loki, { address: "169.254.170.23" }, 80)).toBe(false);
  });

  test("a stack of the Tempo operator is known by the operator's labels", () => {
    const open = to({ traces: { ...traces, kind: "tempostack", release: "granary" } });
    expect(open(pods.alloy, pods.tempoStack, 4317)).toBe(true);
    expect(open(pods.alloy, pods.tempo, 4317)).toBe(false);
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
