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
const file = (list = sources(), config: unknown = {}): Loose[] => parse(provisioningFile(list, grafana(config))).datasources;
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
    ["no trace here, only abcdef0123456789", undefined],
    ["retrace_id=4bf92f3577b34da6a3ce929d0e0e4736", undefined],
  ])("in %s it finds %s", (line, id) => {
    const fields = sources().flatMap(({ jsonData }) => (jsonData.derivedFields ?? []) as { matcherRegex: string }[]);
    const matcherRegex = fields[0]?.matcherRegex ?? "";
    // Grafana strips the leading flag and passes it to JavaScript's own expressions.
    expect(new RegExp(matcherRegex.replace("(?i)", ""), "i").exec(line)?.[1]).toBe(id);
  });

  test("a span leads to its lines by the labels that the collection gives them, and to the service map", () => {
    const { tracesToLogsV2, serviceMap, nodeGraph } = byUid(file(), "granary-tempo").jsonData;
    expect(tracesToLogsV2).toMatchObject({
      datasourceUid: "granary-loki",
      tags: [
        { key: "k8s.namespace.name", value: "namespace" },
        { key: "k8s.pod.name", value: "pod" },
      ],
      filterByTraceID: true,
    });
    expect(serviceMap).toEqual({ datasourceUid: "prometheus" });
    expect(nodeGraph).toEqual({ enabled: true });
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

describe("passwords", () => {
  const config = { basicAuth: { secretName: "loki-gateway" } };

  test("are variables of Grafana's environment in a file", () => {
    const [loki] = file(sources(), config);
    expect(loki).toMatchObject({
      basicAuth: true,
      basicAuthUser: "${GRANARY_GATEWAY_USERNAME}",
      secureJsonData: { basicAuthPassword: "${GRANARY_GATEWAY_PASSWORD}" },
    });
  });

  test("are read from their Secret by the operator", () => {
    const [source] = sources();
    if (!source) throw new Error("no source");
    const spec = datasourceSpec(source, grafana({ provision: "operator", ...config }));
    expect(spec.valuesFrom).toEqual([
      { targetPath: "basicAuthUser", valueFrom: { secretKeyRef: { name: "loki-gateway", key: "username" } } },
      { targetPath: "secureJsonData.basicAuthPassword", valueFrom: { secretKeyRef: { name: "loki-gateway", key: "password" } } },
    ]);
    expect(spec.datasource.secureJsonData).toEqual({ basicAuthPassword: "${password}" });
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

test("the same stack gives the same bytes", () => {
  expect(provisioningFile(sources(), grafana())).toBe(provisioningFile(sources(), grafana()));
});
