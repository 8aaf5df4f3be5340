import { expect, test } from "vitest";
import { observeProblems } from "../../components/observe/problems";
import { stackConfig } from "../collection/fixture";

const rook = {
  kind: "s3",
  endpoint: "http://seaweedfs.seaweedfs.svc:8333",
  insecure: true,
  reach: { kind: "namespace", namespace: "s", podLabels: { a: "b" }, port: 8333 },
};
const problems = (observe: unknown, storage: unknown = rook) =>
  observeProblems(stackConfig({}, { observe, storage })).map(({ path, message }) => `${path} ${message}`);

test.each([
  ["as it comes", {}, []],
  ["off, whatever else it says", { enabled: false, quotas: { nothing: "1Gi" } }, []],
  ["with quotas that can be watched", { quotas: { "loki-chunks": "1Ti", "tempo-traces": "1Ti" } }, []],
  ["with every bucket measured", { bucketMetrics: "seaweedfs", quotas: { "loki-ruler": "1Gi" } }, []],
  [
    "with a quota of no bucket",
    { quotas: { "loki-chunk": "1Ti" } },
    ["granary:observe.quotas.loki-chunk is no bucket of this stack; allowed is one of loki-chunks, loki-ruler, tempo-traces"],
  ],
  [
    "with a quota that nobody can watch",
    { quotas: { "loki-ruler": "1Gi" } },
    [
      "granary:observe.quotas.loki-ruler can't be watched: nobody measures it; set granary:observe.bucketMetrics to an exporter that does, or leave this out",
    ],
  ],
  [
    "with a time before tenants that it still lives in",
    { grafana: { dataBeforeTenants: true } },
    [
      "granary:observe.grafana.dataBeforeTenants found true, but granary:tenants is empty, so the usual data sources show all data; leave it out",
    ],
  ],
  [
    "with thresholds the wrong way round",
    { alerts: { thresholds: { errorRate: { warning: 0.1, critical: 0.05 }, certificateExpiry: { warning: "1d", critical: "7d" } } } },
    [
      "granary:observe.alerts.thresholds.errorRate warning is not reached before critical; allowed is a warning below critical",
      "granary:observe.alerts.thresholds.certificateExpiry warning is not reached before critical; allowed is a warning above critical",
    ],
  ],
])("%s", (_, observe, said) => {
  expect(problems(observe)).toEqual(said);
});

test("a quota on plain disk has no bucket to watch", () => {
  expect(problems({ quotas: { "loki-chunks": "1Ti" } }, { kind: "filesystem" })).toEqual([
    "granary:observe.quotas.loki-chunks has no bucket to watch: the store is filesystem, whose volumes are watched by themselves",
  ]);
});
