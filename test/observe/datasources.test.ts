import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { observeSchema } from "../../components/config/schema/observe";
import { dataSources } from "../../components/observe/datasources/definitions";
import { datasourceSpec, provisioningFile } from "../../components/observe/datasources/provisioning";
import { logs, traces } from "./fixture";

// biome-ignore lint/suspicious/noExplicitAny: a provisioning file is Grafana's, and as loose as it.
type Loose = any;
const grafana = (config: unknown = {}) => observeSchema.shape.grafana.parse(config);
const tenanted = { logs: { ...logs, multiTenant: true, tenant: "platform" }, traces: { ...traces, multiTenant: true, tenant: "platform" } };
const sources = (more: Partial<Parameters<typeof dataSources>[0]> = {}) =>
  dataSources({ grafana: grafana(), logs, traces, tenants: [], ...more });
const file = (list = sources()): Loose[] => parse(provisioningFile(list)).datasources;
const derivedFields = () => sources().flatMap(({ jsonData }) => (jsonData.derivedFields ?? []) as { matcherRegex: string }[]);
const byUid = (list: Loose[], uid: string): Loose => list.find((source) => source.uid === uid);

describe("the ties", () => {
  test("a line leads to its trace, by its text or its metadata", () => {
    const fields = byUid(file(), "granary-loki").jsonData.derivedFields;
    expect(fields.map((field: Loose) => [field.matcherType, field.datasourceUid])).toEqual([
      ["regex", "granary-tempo"],
      ["label", "granary-tempo"],
    ]);
  });

  test.each([
    ['level=info trace_id=4bf92f3577b34da6a3ce929d0e0e4736 msg="paid"', "4bf92f3577b34da6a3ce929d0e0e4736"],
    ['{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","level":"info"}', "4bf92f3577b34da6a3ce929d0e0e4736"],
    ["TraceID: 00f067aa0ba902b7 done", "00f067aa0ba902b7"],
    ["TRACE-ID=4BF92F3577B34DA6A3CE929D0E0E4736", "4BF92F3577B34DA6A3CE929D0E0E4736"],
    ["no trace here, only abcdef0123456789", undefined],
    ["retrace_id=4bf92f3577b34da6a3ce929d0e0e4736", undefined],
  ])("in %s it finds %s", (line, id) => {
    // As Grafana does it: the pattern as it stands, without flags.
    expect(line.match(derivedFields()[0]?.matcherRegex ?? "")?.[1]).toBe(id);
  });

  test("in the metadata it finds the label of that very name", () => {
    const pattern = new RegExp(derivedFields()[1]?.matcherRegex ?? "");
    expect(["parent_trace_id", "trace_id_source", "trace_id"].filter((label) => pattern.test(label))).toEqual(["trace_id"]);
  });

  test("a span leads to its lines by the labels that the collection gives them", () => {
    const { tracesToLogsV2, nodeGraph } = byUid(file(), "granary-tempo").jsonData;
    expect(tracesToLogsV2).toMatchObject({
      datasourceUid: "granary-loki",
      tags: [
        { key: "k8s.namespace.name", value: "namespace" },
        { key: "k8s.pod.name", value: "pod" },
      ],
      filterByTraceID: true,
    });
    expect(nodeGraph).toEqual({ enabled: true });
  });

  test("a span leads to the metrics that Tempo makes of spans, by the name that Tempo gives a service", () => {
    const { serviceMap, tracesToMetrics } = byUid(file(), "granary-tempo").jsonData;
    expect(serviceMap).toEqual({ datasourceUid: "prometheus" });
    expect(tracesToMetrics.tags).toEqual([{ key: "service.name", value: "service" }]);
    expect(tracesToMetrics.queries.map(({ query }: Loose) => query)).toEqual([
      "sum by (span_name) (rate(traces_spanmetrics_calls_total{$$__tags}[5m]))",
      "histogram_quantile(0.95, sum by (le, span_name) (rate(traces_spanmetrics_latency_bucket{$$__tags}[5m])))",
    ]);
  });

  test.each([
    [[], []],
    [["service-graphs"], ["serviceMap"]],
    [["span-metrics"], ["tracesToMetrics"]],
  ] as const)("where Tempo makes %j of spans, it leads to %j", (metrics, links) => {
    const { jsonData } = byUid(file(sources({ traces: { ...traces, metrics } })), "granary-tempo");
    expect(["serviceMap", "tracesToMetrics"].filter((link) => link in jsonData)).toEqual(links);
  });

  test("without Tempo nothing leads there", () => {
    const { traces: _, ...withoutTraces } = { grafana: grafana(), logs, traces, tenants: [] };
    const only = dataSources(withoutTraces);
    expect(only.map(({ uid }) => uid)).toEqual(["granary-loki"]);
    expect(only[0]?.jsonData).not.toHaveProperty("derivedFields");
  });
});

describe("tenants", () => {
  const list = sources({ ...tenanted, tenants: ["team-a", "team-b"] });

  test("have data sources of their own, tied to their own", () => {
    expect(list.map(({ uid, tenant }) => [uid, tenant])).toEqual([
      ["granary-loki", "platform"],
      ["granary-loki-team-a", "team-a"],
      ["granary-loki-team-b", "team-b"],
      ["granary-tempo", "platform"],
      ["granary-tempo-team-a", "team-a"],
      ["granary-tempo-team-b", "team-b"],
    ]);
    const entries = file(list);
    expect(byUid(entries, "granary-loki-team-a").jsonData.derivedFields[0].datasourceUid).toBe("granary-tempo-team-a");
    expect(byUid(entries, "granary-tempo-team-b").jsonData.tracesToLogsV2.datasourceUid).toBe("granary-loki-team-b");
  });

  test("find what was stored before there were tenants by data sources of its own, where the stack wants them", () => {
    const former = sources({ ...tenanted, tenants: ["team-a"], grafana: grafana({ dataBeforeTenants: true }) });
    const added = former.filter(({ name }) => name.endsWith("(before tenants)"));
    expect(added.map(({ uid, tenant }) => [uid, tenant])).toEqual([
      ["granary-loki-fake", "fake"],
      ["granary-tempo-single-tenant", "single-tenant"],
    ]);
    const entries = file(former);
    expect(byUid(entries, "granary-loki-fake").jsonData.derivedFields[0].datasourceUid).toBe("granary-tempo-single-tenant");
    expect(byUid(entries, "granary-tempo-single-tenant").jsonData.tracesToLogsV2.datasourceUid).toBe("granary-loki-fake");
    expect(list.filter(({ name }) => name.includes("before"))).toEqual([]);
  });

  test("are named in a header, which Grafana keeps encrypted", () => {
    expect(byUid(file(list), "granary-loki-team-a")).toMatchObject({
      jsonData: { httpHeaderName1: "X-Scope-OrgID" },
      secureJsonData: { httpHeaderValue1: "team-a" },
    });
  });

  test("are not named where Loki keeps nobody apart", () => {
    expect(file()[0]).not.toHaveProperty("secureJsonData");
    expect(file()[0].jsonData).not.toHaveProperty("httpHeaderName1");
  });
});

describe("dollars", () => {
  const link = (source: Loose) => source.jsonData.derivedFields[0].url;

  test("are doubled in a file, where one would begin a variable", () => {
    expect(link(file()[0])).toBe("$${__value.raw}");
  });

  test("are single for the operator, which speaks to the API", () => {
    const [source] = sources();
    if (!source) throw new Error("no source");
    expect(link(datasourceSpec(source, grafana()).datasource)).toBe("${__value.raw}");
  });

  test("in a regular expression survive as well", () => {
    const odd = { ...sources()[0], jsonData: { a: ["x$", { b: "$$" }] } } as never;
    expect(file([odd])[0].jsonData).toEqual({ a: ["x$$", { b: "$$$$" }] });
  });
});

// What docs/sources/datasources of Grafana 13 and its provisioning (pkg/services/provisioning/datasources/types.go) know.
const provisioned = ["access", "editable", "jsonData", "name", "secureJsonData", "type", "uid", "url"];
const settings: Loose = {
  loki: ["derivedFields", "httpHeaderName1", "maxLines", "timeout"],
  tempo: ["httpHeaderName1", "lokiSearch", "nodeGraph", "serviceMap", "traceQuery", "tracesToLogsV2", "tracesToMetrics"],
};

test("only settings that Grafana knows are provisioned", () => {
  for (const source of file(sources(tenanted))) {
    expect(provisioned).toEqual(expect.arrayContaining(Object.keys(source)));
    expect(settings[source.type]).toEqual(expect.arrayContaining(Object.keys(source.jsonData)));
  }
});

test("the same stack gives the same bytes", () => {
  expect(provisioningFile(sources())).toBe(provisioningFile(sources()));
});
