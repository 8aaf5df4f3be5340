import { describe, expect, it } from "vitest";
import { minutes } from "../../components/config/units";
import { monitors } from "../../components/observe/metrics/definitions";
import { logs, traces } from "./fixture";

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
      matchLabels: { "app.kubernetes.io/managed-by": "tempo-operator", "app.kubernetes.io/instance": "granary" },
      matchExpressions: [{ key: "app.kubernetes.io/component", operator: "NotIn", values: ["query-frontend-discovery"] }],
    });
  });
});
