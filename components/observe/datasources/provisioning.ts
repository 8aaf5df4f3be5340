// The same data sources in the two notations that Grafana takes them in.

import type { GranaryConfig } from "../../config/schema";
import type { GrafanaDatasourceSpec } from "../../kubernetes/generated/GrafanaDatasource.gen";
import { type Plain, renderYaml } from "../../text/yaml";
import type { DataSource } from "./definitions";

type Grafana = GranaryConfig["observe"]["grafana"];

/** The variables of Grafana's environment that a provisioning file refers to; whoever installs Grafana fills them from a Secret. */
export const grafanaVariables = { username: "GRANARY_GATEWAY_USERNAME", password: "GRANARY_GATEWAY_PASSWORD" } as const;

/** A file for Grafana's provisioning folder, as its sidecar puts it there. */
export function provisioningFile(sources: readonly DataSource[], grafana: Grafana): string {
  const datasources = sources.map((source) => ({
    ...common(source),
    uid: source.uid,
    jsonData: escapeDollars({ ...source.jsonData, ...tenantHeader(source).jsonData }),
    ...authentication(source, grafana.basicAuth && grafanaVariables),
  }));
  return renderYaml({ apiVersion: 1, datasources } as Plain);
}

/** The grafana-operator's resource. It speaks to Grafana's API, where a dollar is a dollar. */
export function datasourceSpec(source: DataSource, { instanceLabels, basicAuth }: Grafana): GrafanaDatasourceSpec {
  const from = (secretName: string, targetPath: string, key: string) => ({
    targetPath,
    valueFrom: { secretKeyRef: { name: secretName, key } },
  });
  return {
    uid: source.uid,
    instanceSelector: { matchLabels: { ...instanceLabels } },
    allowCrossNamespaceImport: true,
    ...(basicAuth
      ? {
          valuesFrom: [
            from(basicAuth.secretName, "basicAuthUser", basicAuth.usernameKey),
            from(basicAuth.secretName, "secureJsonData.basicAuthPassword", basicAuth.passwordKey),
          ],
        }
      : {}),
    datasource: {
      ...common(source),
      jsonData: { ...source.jsonData, ...tenantHeader(source).jsonData },
      ...authentication(source, basicAuth && { username: basicAuth.usernameKey, password: basicAuth.passwordKey }),
    },
  };
}

const common = ({ name, type, url }: DataSource) => ({ name, type, url, access: "proxy", editable: false });

const tenantHeader = ({ tenant }: DataSource) =>
  tenant ? { jsonData: { httpHeaderName1: "X-Scope-OrgID" }, secureJsonData: { httpHeaderValue1: tenant } } : {};

/** Who asks. A password is named by the variable that will hold it, in both notations as `${NAME}`. */
function authentication(source: DataSource, variables?: { readonly username: string; readonly password: string }) {
  const secureJsonData = {
    ...tenantHeader(source).secureJsonData,
    ...(variables ? { basicAuthPassword: `\${${variables.password}}` } : {}),
  };
  return {
    ...(variables ? { basicAuth: true, basicAuthUser: `\${${variables.username}}` } : {}),
    ...(Object.keys(secureJsonData).length > 0 ? { secureJsonData } : {}),
  };
}

/** In a provisioning file `$` begins a variable of the environment, and `$$` stands for one dollar. */
function escapeDollars(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("$", "$$$$");
  if (Array.isArray(value)) return value.map(escapeDollars);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escapeDollars(inner)]));
}
