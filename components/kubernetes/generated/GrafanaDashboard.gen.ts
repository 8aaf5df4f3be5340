// Written by `npm run crds` from grafana-operator-v5.24.0 (grafana.integreatly.org/v1beta1). Do not edit.
export interface GrafanaDashboardSpec {
  allowCrossNamespaceImport?: boolean;
  configMapRef?: {
    key: string;
    name?: string;
    optional?: boolean;
  };
  contentCacheDuration?: string;
  datasources?: {
    datasourceName: string;
    inputName: string;
  }[];
  envFrom?: {
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
  }[];
  envs?: {
    name: string;
    value?: string;
    valueFrom?: {
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
  folder?: string;
  folderRef?: string;
  folderUID?: string;
  grafanaCom?: {
    id: number;
    revision?: number;
  };
  gzipJson?: string;
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
  json?: string;
  jsonnet?: string;
  jsonnetLib?: {
    fileName: string;
    gzipJsonnetProject: string;
    jPath?: string[];
  };
  oci?: {
    insecurePlainHTTP?: boolean;
    path: string;
    pullSecretRef?: {
      name?: string;
    };
    reference: string;
  };
  plugins?: {
    name: string;
    version: string;
  }[];
  resyncPeriod?: string;
  suspend?: boolean;
  uid?: string;
  url?: string;
  urlAuthorization?: {
    basicAuth?: {
      password?: {
        key: string;
        name?: string;
        optional?: boolean;
      };
      username?: {
        key: string;
        name?: string;
        optional?: boolean;
      };
    };
  };
}
