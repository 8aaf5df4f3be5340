import { describe, expect, test } from "vitest";
import { networkPolicies } from "../../components/network/policies";
import { logs, traces } from "../observe/fixture";
import { binding, direct, pods, reaches, traffic } from "./fixture";

const gatewayed = {
  ...logs,
  pushUrl: "http://loki-gateway.observability.svc:80/loki/api/v1/push",
  queryUrl: "http://loki-gateway.observability.svc:80",
};
const distributed = {
  ...logs,
  pushUrl: "http://loki-distributor.observability.svc:3100/x",
  queryUrl: "http://loki-query-frontend.observability.svc:3100",
};

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
    const cache = pods.lokiComponent("memcached-chunks-cache");
    const probed = [
      [pods.loki, 3100],
      [pods.gateway, 8080],
      [cache, 11211],
      [cache, 9150],
      [pods.tempo, 3200],
      [pods.alloy, 12345],
    ] as const;
    for (const [pod, port] of probed) expect(open({ address: "10.1.2.3" }, pod, port), `${port}`).toBe(true);
    expect(open({ address: "10.1.2.3" }, pods.tempo, 4317)).toBe(false);
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
