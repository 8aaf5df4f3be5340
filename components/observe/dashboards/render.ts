// Dashboards as Grafana reads them, by Grafana's own builders. Only this file loads them, and only when dashboards are wanted.
import {
  BigValueColorMode,
  BigValueGraphMode,
  LegendDisplayMode,
  LegendPlacement,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import * as logs from "@grafana/grafana-foundation-sdk/logs";
import * as loki from "@grafana/grafana-foundation-sdk/loki";
import * as prometheus from "@grafana/grafana-foundation-sdk/prometheus";
import * as stat from "@grafana/grafana-foundation-sdk/stat";
import * as table from "@grafana/grafana-foundation-sdk/table";
import * as timeseries from "@grafana/grafana-foundation-sdk/timeseries";
import { lokiUid } from "../datasources/definitions";
import type { Dashboard, Panel, Query, Unit, Variable } from "./dashboard";
import { type Place, places } from "./layout";

export interface Rendering {
  readonly prometheusUid: string;
  readonly currency: string;
}

type PanelBuilder = logs.PanelBuilder | stat.PanelBuilder | table.PanelBuilder | timeseries.PanelBuilder;

/** Sorted keys, so that the same dashboard is the same bytes. */
export const dashboardJson = (dashboard: Dashboard, rendering: Rendering): string =>
  `${JSON.stringify(sorted(build(dashboard, rendering)), null, 1)}\n`;

function build({ uid, title, description, variables = [], rows }: Dashboard, rendering: Rendering): unknown {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(["granary"])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: "now-6h", to: "now" })
    .refresh("1m")
    .timezone("browser");
  const asksLogs = rows.some(({ panels }) => panels.some(({ source }) => source === "logs"));
  // Which tenant's lines: each has a data source of its own.
  if (asksLogs)
    builder.withVariable(new DatasourceVariableBuilder("loki").label("Logs of").type("loki").current({ text: "Loki", value: lokiUid() }));
  for (const variable of variables) builder.withVariable(choice(variable, rendering));
  const placed = places(rows);
  rows.forEach((row, i) => {
    const { header, panels } = placed[i] ?? { header: { id: 0, x: 0, y: 0, w: 24, h: 1 }, panels: [] };
    builder.withRow(new RowBuilder(row.title).id(header.id).gridPos(grid(header)));
    row.panels.forEach((panel, j) => {
      const place = panels[j];
      if (place) builder.withPanel(draw(panel, rendering).id(place.id).gridPos(grid(place)));
    });
  });
  return builder.build();
}

const grid = ({ x, y, w, h }: Place) => ({ x, y, w, h });

const datasource = (source: Panel["source"], { prometheusUid }: Rendering) =>
  source === "logs" ? { type: "loki", uid: "${loki}" } : { type: "prometheus", uid: prometheusUid };

function choice({ name, label, source, values }: Variable, rendering: Rendering): QueryVariableBuilder {
  const query =
    source === "logs"
      ? { label: values.label, refId: name, stream: values.series ?? "", type: 1 }
      : { query: `label_values(${values.series ? `${values.series}, ` : ""}${values.label})`, refId: name };
  return (
    new QueryVariableBuilder(name)
      .label(label)
      .datasource(datasource(source, rendering))
      .query(query)
      .refresh(VariableRefresh.OnTimeRangeChanged)
      .sort(VariableSort.AlphabeticalAsc)
      .multi(true)
      .includeAll(true)
      // A node's journal has no namespace and events have no pod: among logs, everything is also what lacks the label.
      .allValue(source === "logs" ? ".*" : ".+")
      .current({ selected: true, text: ["All"], value: ["$__all"] })
  );
}

function draw(panel: Panel, rendering: Rendering): PanelBuilder {
  const builder = bare(panel);
  builder.title(panel.title).datasource(datasource(panel.source, rendering));
  if (panel.kind !== "lines") builder.unit(unitName(panel.unit, rendering.currency));
  if (panel.description) builder.description(panel.description);
  if (panel.limits) builder.thresholds(steps(panel.limits));
  panel.queries.forEach((query, i) => {
    builder.withTarget(target(panel, query, String.fromCharCode(65 + i), rendering));
  });
  return builder;
}

function bare({ kind, stacked = false }: Panel): PanelBuilder {
  switch (kind) {
    case "graph": {
      const legend = new VizLegendOptionsBuilder().displayMode(LegendDisplayMode.List).placement(LegendPlacement.Bottom).showLegend(true);
      const graph = new timeseries.PanelBuilder()
        .legend(legend)
        .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
        .min(0);
      return stacked ? graph.stacking(new StackingConfigBuilder().mode(StackingMode.Normal)).fillOpacity(30) : graph.fillOpacity(5);
    }
    case "stat":
      return new stat.PanelBuilder().graphMode(BigValueGraphMode.Area).colorMode(BigValueColorMode.Value);
    case "table":
      return new table.PanelBuilder().withTransformation({ id: "organize", options: { excludeByName: { Time: true } } });
    case "lines":
      return new logs.PanelBuilder().showTime(true).wrapLogMessage(true).enableLogDetails(true);
  }
}

function target({ kind, source }: Panel, { expression, legend }: Query, refId: string, rendering: Rendering) {
  const asTable = kind === "table";
  if (source === "logs") {
    const query = new loki.DataqueryBuilder()
      .expr(expression)
      .refId(refId)
      .queryType(asTable ? "instant" : "range");
    return (legend ? query.legendFormat(legend) : query).datasource(datasource(source, rendering));
  }
  const query = new prometheus.DataqueryBuilder().expr(expression).refId(refId).datasource(datasource(source, rendering));
  const shaped = asTable ? query.instant().format(prometheus.PromQueryFormat.Table) : query.range();
  return legend ? shaped.legendFormat(legend) : shaped;
}

const steps = ({ warning, critical }: NonNullable<Panel["limits"]>) =>
  new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null, color: "green" },
    { value: warning, color: "yellow" },
    { value: critical, color: "red" },
  ]);

const units: Readonly<Record<Exclude<Unit, "currency">, string>> = {
  bytes: "bytes",
  "bytes/s": "Bps",
  cores: "short",
  fraction: "percentunit",
  "logs/s": "cps",
  none: "short",
  "operations/s": "ops",
  "requests/s": "reqps",
  seconds: "s",
  "spans/s": "cps",
};

const unitName = (unit: Unit, currency: string): string => (unit === "currency" ? `currency${currency}` : units[unit]);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}
