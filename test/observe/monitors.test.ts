import { describe, expect, it } from "vitest";
import { minutes } from "../../components/config/units";
import { monitors } from "../../components/observe/metrics/definitions";
import { endpointOf } from "../../components/traces/tempo";
import { tempoInput } from "../traces/fixture";
import { logs, traces } from "./fixture";

const labels = { "app.kubernetes.io/managed-by": "tempo-operator", "app.kubernetes.io/instance": "granary" };
const stackOf = (config: unknown) =>
  monitors({ interval: minutes(1), logs, traces: endpointOf(tempoInput({ kind: "tempostack", ...(config as object) })) }).filter(
    ({ name }) => name.startsWith("granary-tempo"),
  );
const tempoOf = (kind: "monolithic" | "tempostack", release: string) =>
  monitors({ interval: minutes(1), logs, traces: { ...traces, kind, release } }).find(({ name }) => name === "granary-tempo")?.spec;

describe("what Prometheus reads from Tempo", () => {
  it("is the chart's one service", () => {
    const { selector, endpoints = [] } = tempoOf("monolithic", "tempo") ?? {};
    expect(selector).toEqual({ matchLabels: { "app.kubernetes.io/name": "tempo", "app.kubernetes.io/instance": "tempo" } });
    expect(endpoints.map(({ port }) => port)).toEqual(["tempo-prom-metrics"]);
  });

  it("is each of the operator's services once: the frontend has two before the same pods", () => {
    expect(tempoOf("tempostack", "granary")?.selector).toEqual({
      matchLabels: labels,
      matchExpressions: [{ key: "app.kubernetes.io/component", operator: "NotIn", values: ["query-frontend-discovery"] }],
    });
  });

  it("comes over TLS, with the program's own certificate, from all of the operator's programs but the frontend", () => {
    const [open, ...closed] = stackOf({});
    const programs = ["compactor", "distributor", "ingester", "querier"];
    const component = "app.kubernetes.io/component";
    expect(open?.spec.selector.matchExpressions).toEqual([
      { key: component, operator: "NotIn", values: [...programs, "query-frontend-discovery"] },
    ]);
    expect(open?.spec.endpoints?.map(({ scheme }) => scheme)).toEqual([undefined]);
    expect(closed.map(({ spec }) => spec.selector.matchLabels)).toEqual(programs.map((program) => ({ ...labels, [component]: program })));
    expect(closed[0]?.spec.endpoints?.[0]).toMatchObject({
      port: "http",
      scheme: "https",
      tlsConfig: {
        ca: { configMap: { name: "tempo-granary-ca-bundle", key: "service-ca.crt" } },
        cert: { secret: { name: "tempo-granary-compactor-mtls", key: "tls.crt" } },
        keySecret: { name: "tempo-granary-compactor-mtls", key: "tls.key" },
        serverName: "tempo-granary-compactor.observability.svc.cluster.local",
      },
    });
  });

  it("has one more program where metrics are made of spans, and comes without TLS where the operator's gate is closed", () => {
    const names = (config: unknown) => stackOf(config).map(({ name }) => name);
    expect(names({ metricsGenerator: { remoteWriteUrl: "http://p/api" } })).toContain("granary-tempo-metrics-generator");
    expect(names({ operator: { httpEncryption: false } })).toEqual(["granary-tempo"]);
  });
});
