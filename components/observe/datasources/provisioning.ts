// The same data sources in the two notations that Grafana takes them in.

import type { GranaryConfig } from "../../config/schema";
import type { GrafanaDatasourceSpec } from "../../kubernetes/generated/GrafanaDatasource.gen";
import { type Plain, renderYaml } from "../../text/yaml";
import type { DataSource } from "./definitions";

type Grafana = GranaryConfig["observe"]["grafana"];

/** A file for Grafana's provisioning folder, as its sidecar puts it there. */
export function provisioningFile(sources: readonly DataSource[]): string {
  const datasources = sources.map((source) => {
    const { jsonData, ...rest } = datasource(source);
    return { ...rest, uid: source.uid, jsonData: escapeDollars(jsonData) };
  });
  return renderYaml({ apiVersion: 1, datasources } as Plain);
}

/** The grafana-operator's resource. It speaks to Grafana's API, where a dollar is a dollar. */
export const datasourceSpec = (source: DataSource, { instanceLabels }: Grafana): GrafanaDatasourceSpec => ({
  uid: source.uid,
  instanceSelector: { matchLabels: { ...instanceLabels } },
  allowCrossNamespaceImport: true,
  datasource: datasource(source),
});

const datasource = ({ name, type, url, tenant, jsonData }: DataSource) => ({
  name,
  type,
  url,
  access: "proxy",
  editable: false,
  jsonData: { ...jsonData, ...(tenant ? { httpHeaderName1: "X-Scope-OrgID" } : {}) },
  ...(tenant ? { secureJsonData: { httpHeaderValue1: tenant } } : {}),
});

/** In a provisioning file `$` begins a variable of the environment, and `$$` stands for one dollar. */
function escapeDollars(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("$", "$$$$");
  if (Array.isArray(value)) return value.map(escapeDollars);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escapeDollars(inner)]));
}
