// What the documentation asks of other people's charts, those charts know.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { observeSchema } from "../../components/config/schema/observe";
import { describeChart, unknownPaths } from "../support/chart-values";

interface Sidecars {
  readonly sidecar: Readonly<Record<"datasources" | "dashboards", { readonly label: string }>>;
}

describeChart("grafana", "what docs/observe.md asks of Grafana", (known) => {
  test("are values of its chart, whose sidecars look for the labels that Granary sets", () => {
    const text = readFileSync(join(__dirname, "../../docs/observe.md"), "utf8");
    const asked: unknown = parse(/```yaml\n(sidecar:.*?)```/s.exec(text)?.[1] ?? "");
    expect(asked).toHaveProperty("sidecar.datasources.searchNamespace", "ALL");
    expect(unknownPaths(asked, known)).toEqual([]);
    const { datasources, dashboards } = (known as Sidecars).sidecar;
    const { datasourceLabels, dashboardLabels } = observeSchema.parse({}).grafana;
    expect([datasources.label, dashboards.label]).toEqual([Object.keys(datasourceLabels)[0], Object.keys(dashboardLabels)[0]]);
  });
});
