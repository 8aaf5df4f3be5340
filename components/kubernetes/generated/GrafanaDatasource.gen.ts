// Written by `npm run crds` from grafana-operator-v5.24.0 (grafana.integreatly.org/v1beta1). Do not edit.
export interface GrafanaDatasourceSpec {
  allowCrossNamespaceImport?: boolean;
  datasource: {
    access?: string;
    basicAuth?: boolean;
    basicAuthUser?: string;
    database?: string;
    editable?: boolean;
    isDefault?: boolean;
    jsonData?: {
      [k: string]: unknown;
    };
    name?: string;
    orgId?: number;
    secureJsonData?: {
      [k: string]: unknown;
    };
    type?: string;
    uid?: string;
    url?: string;
    user?: string;
  };
  instanceSelector: {
    matchExpressions?: {
      key: string;
      operator: string;
      values?: string[];
    }[];
    matchLabels?: {
      [k: string]: string;
    };
  };
  plugins?: {
    name: string;
    version: string;
  }[];
  resyncPeriod?: string;
  suspend?: boolean;
  uid?: string;
  valuesFrom?: {
    targetPath: string;
    valueFrom: {
      configMapKeyRef?: {
        key: string;
        name?: string;
        optional?: boolean;
      };
      secretKeyRef?: {
        key: string;
        name?: string;
        optional?: boolean;
      };
    };
  }[];
}
