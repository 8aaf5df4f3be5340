import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { granarySchema } from "../../components/config/schema";
import { schemaAt } from "../../components/config/schema-walk";
import { alertGroups, prometheusRule } from "../../components/observe/alerts/rules";
import { expectOk, previewStack } from "../support/preview";
import { alertCases } from "./alert-cases";
import { logs, observeArgs, traces, watched } from "./fixture";
import { knownMetrics } from "./known-metrics";
import { metricNames } from "./promql";

const folder = join(__dirname, "../../docs/runbooks");
const runbooks = readdirSync(folder)
  .filter((file) => file !== "README.md")
  .map((file) => file.replace(/\.md$/, ""));
const alerts = alertGroups(watched()).flatMap((group) => group.alerts);
const names = [...new Set(alerts.map(({ name }) => name))];
const rulesOf = (config: unknown) => prometheusRule(watched(config), observeArgs(config).config.alerts).groups ?? [];
const rules = rulesOf({}).flatMap((group) => group.rules ?? []);

describe("every alert", () => {
  test.each(names)("%s has a case in which each of its severities fires, and one in which none does", (name) => {
    const cases = alertCases.filter(({ alert }) => alert === name);
    const severities = alerts.filter((alert) => alert.name === name).map(({ severity }) => severity);
    expect(new Set(cases.flatMap(({ fires }) => fires.map(({ severity }) => severity)))).toEqual(new Set(severities));
    expect(cases.some(({ fires }) => fires.length === 0)).toBe(true);
  });

  test("fires in a case for each of its labels' values", () => {
    const told = alertCases.flatMap(({ alert, fires }) => fires.map(({ severity, labels }) => ({ alert, severity, labels })));
    for (const { name, severity, labels = {} } of alerts) {
      const match = told.some(
        (each) => each.alert === name && Object.entries(labels).every(([key, value]) => each.labels?.[key] === value),
      );
      expect(match, `${name} ${severity} ${JSON.stringify(labels)}`).toBe(true);
    }
  });

  test("is not another one with the same name, severity and labels", () => {
    const keys = alerts.map(({ name, severity, labels }) => JSON.stringify([name, severity, labels]));
    expect(keys).toEqual([...new Set(keys)]);
  });

  test("carries a severity, words and a runbook", () => {
    for (const rule of rules) {
      expect(["warning", "critical"]).toContain(rule.labels?.severity);
      expect(rule.annotations?.summary).toMatch(/^[A-Z].+[^.]$/);
      expect(rule.annotations?.description).toMatch(/\.$/);
      expect(rule.annotations?.runbook_url).toBe(`docs/runbooks/${rule.alert}.md`);
    }
  });

  test("asks only for metrics that exist", () => {
    for (const { alert, expr } of rules)
      expect([alert, metricNames(String(expr)).filter((name) => !knownMetrics.has(name))]).toEqual([alert, []]);
  });
});

describe("runbooks", () => {
  test("are there for every alert, and for nothing else", () => {
    expect(runbooks.sort()).toEqual([...names].sort());
  });

  const read = (name: string) => readFileSync(join(folder, `${name}.md`), "utf8");

  test.each(runbooks)("%s says what it means, costs, where to look and how to mend it", (name) => {
    const text = read(name);
    const severities = [...new Set(alerts.filter((alert) => alert.name === name).map(({ severity }) => severity))];
    expect(text).toContain(`# ${name}\n\nSeverity: ${severities.join(" and ")}.`);
    expect(text.match(/^## .*$/gm)).toEqual(["## What it means", "## What it costs", "## Where to look", "## How to mend it"]);
  });

  test.each(runbooks)("%s names only settings that there are", (name) => {
    const input = { storage: { kind: "rook-ceph" } };
    for (const [, path = ""] of read(name).matchAll(/granary:([A-Za-z][A-Za-z.]*[A-Za-z])/g)) {
      expect(schemaAt(granarySchema, path.split("."), input), path).toBeDefined();
    }
  });

  test("are all in their table of contents", () => {
    const contents = read("README");
    for (const name of names) expect(contents).toContain(`[${name}](${name}.md)`);
  });
});

describe("what the configuration decides", () => {
  const find = (config: unknown, name: string) =>
    rulesOf(config)
      .flatMap((group) => group.rules ?? [])
      .filter((rule) => rule.alert === name);

  test("an alert that is disabled is not there, and the others are", () => {
    const without = rulesOf({ alerts: { disabled: ["GranaryLogPanic"] } }).flatMap((group) => group.rules ?? []);
    expect(without).toHaveLength(rules.length - 1);
    expect(find({ alerts: { disabled: ["GranaryLogPanic"] } }, "GranaryLogPanic")).toEqual([]);
  });

  test("labels for routing are on every alert and don't cover its own", () => {
    const [rule] = find({ alerts: { labels: { team: "platform", severity: "none" } } }, "GranaryLogPanic");
    expect(rule?.labels).toEqual({ team: "platform", severity: "warning" });
  });

  test("thresholds reach the expressions", () => {
    const thresholds = { ingestionPerHour: { warning: "5GB", critical: "9GB" } };
    expect(find({ alerts: { thresholds } }, "GranaryLogIngestionRateHigh").map(({ expr }) => String(expr).match(/> (\d+)$/)?.[1])).toEqual([
      "5000000000",
      "9000000000",
    ]);
  });

  test("a disk counts as full where Loki begins to refuse", async () => {
    const { values } = (await expectOk(previewStack("dev"))).resource("granary-logs-release").inputs as {
      values: { loki: { config: string } };
    };
    const { ingester } = parse(values.loki.config) as { ingester: { wal: { disk_full_threshold: number } } };
    expect(find({}, "GranaryLogWalDiskFull").map(({ expr }) => String(expr).match(/>= (.+)$/)?.[1])).toEqual([
      `${ingester.wal.disk_full_threshold}`,
    ]);
  });

  test.each([
    [1, "{{ $value }} of 1 ingesters take lines in. Until it does, writes fail."],
    [5, "{{ $value }} of 5 ingesters take lines in. With two missing, writes fail."],
  ])("of %i ingesters none may be missing", (ingesters, says) => {
    const [rule] =
      prometheusRule(watched({}, { logs: { ...logs, ingesters } }), observeArgs().config.alerts)
        .groups?.flatMap((group) => group.rules ?? [])
        .filter(({ alert }) => alert === "GranaryLogRingUnhealthy") ?? [];
    expect(rule?.expr).toMatch(new RegExp(`< ${ingesters}$`));
    expect(rule?.annotations?.description).toBe(says);
  });

  test("a runbook's address becomes a link where the stack says how", () => {
    const [rule] = find({ alerts: { runbooks: "https://git.example.com/granary/docs/runbooks" } }, "GranaryLogPanic");
    expect(rule?.annotations?.runbook_url).toBe("https://git.example.com/granary/docs/runbooks/GranaryLogPanic.md");
  });

  test("how old a list of blocks is asks only where one program makes it and others read it", () => {
    const names = (kind: "monolithic" | "tempostack") =>
      alertGroups(watched({}, { traces: { ...traces, kind } })).flatMap((group) => group.alerts.map(({ name }) => name));
    expect(names("tempostack")).toContain("GranaryTenantIndexStale");
    expect(names("monolithic")).not.toContain("GranaryTenantIndexStale");
  });

  test("what is not there is not watched", () => {
    const { traces: _, collection: __, storeNamespace: ___, ...rest } = observeArgs({ quotas: {} }, { store: "filesystem" });
    const few = alertGroups({
      ...watched({ quotas: {} }, { store: "filesystem" }),
      ...{ logs: rest.logs },
      traces: undefined,
      collection: undefined,
    } as never);
    expect(few.map(({ name }) => name)).toEqual(["granary-platform", "granary-logs"]);
  });

  test.each([
    ["cloudwatch", 'aws_s3_bucket_size_bytes_average{dimension_BucketName="granary-loki-chunks"}'],
    ["radosgw", 'radosgw_usage_bucket_bytes{bucket="granary-loki-chunks"}'],
    ["minio", 'minio_bucket_usage_total_bytes{bucket="granary-loki-chunks"}'],
    ["seaweedfs", 'SeaweedFS_s3_bucket_size_bytes{bucket="granary-loki-chunks"}'],
  ])("bucket sizes come from %s", (bucketMetrics, series) => {
    const quotas = { "loki-chunks": "1TB", "loki-ruler": "1GB", "tempo-traces": "1TB" };
    const measured = find({ bucketMetrics, quotas }, "GranaryBucketNearQuota");
    expect(measured).toHaveLength(6);
    expect(measured[0]?.expr).toContain(series);
    expect(measured[0]?.annotations?.description).toContain("The bucket for loki-chunks holds");
  });
});
