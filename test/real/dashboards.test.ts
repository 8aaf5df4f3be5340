// What dashboards ask, read by the programs that will be asked: PromQL by promtool, LogQL by logcli.
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dashboards } from "../../components/observe/dashboards/all";
import { sceneOf } from "../../components/observe/observe";
import { renderYaml } from "../../components/text/yaml";
import { observeArgs } from "../observe/fixture";
import { needs, tool } from "./servers";
import { newFolder } from "./servers/run/run";
import { describeReal } from "./support/suite";

/** As Grafana fills them in. */
const filled = (expression: string) =>
  expression
    .replace(/\$__(rate_interval|auto|interval)/g, "5m")
    .replace(/\$__range/g, "1h")
    .replace(/\$(namespace|app|pod)\b/g, ".*");

const asked = (source: "logs" | "metrics") =>
  dashboards(sceneOf(observeArgs())).flatMap(({ uid, rows }) =>
    rows.flatMap(({ panels }) =>
      panels
        .filter((panel) => panel.source === source)
        .flatMap(({ title, queries }) => queries.map(({ expression }) => ({ where: `${uid}: ${title}`, expression: filled(expression) }))),
    ),
  );

describeReal("PromQL of the dashboards", [needs("promtool")], () => {
  test("is read by Prometheus", () => {
    const folder = newFolder("promql");
    try {
      const path = join(folder, "queries.yaml");
      const rules = asked("metrics").map(({ expression }, i) => ({ record: `query:${i}`, expr: expression }));
      expect(rules.length).toBeGreaterThan(80);
      writeFileSync(path, renderYaml({ groups: [{ name: "dashboards", rules }] }));
      expect(execFileSync(tool("promtool"), ["check", "rules", path], { encoding: "utf8" })).toContain(
        `SUCCESS: ${rules.length} rules found`,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describeReal("LogQL of the dashboards", [needs("logcli")], () => {
  const format = (query: string) => execFileSync(tool("logcli"), ["fmt"], { input: query, encoding: "utf8", stdio: "pipe" });

  test.each(asked("logs"))("$where is read by Loki", ({ expression }) => {
    expect(format(expression)).toContain("{");
  });

  test("a query with a mistake would be noticed", () => {
    expect(() => format('sum by (x) (count_over_time({namespace="a"} | [5m]))')).toThrow();
  });
});
