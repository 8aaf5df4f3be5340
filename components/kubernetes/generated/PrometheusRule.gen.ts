// Written by `npm run crds` from prometheus-operator-v0.93.0 (monitoring.coreos.com/v1). Do not edit.
export interface PrometheusRuleSpec {
  groups?: {
    interval?: string;
    labels?: {
      [k: string]: string;
    };
    limit?: number;
    name: string;
    partial_response_strategy?: string;
    query_offset?: string;
    rules?: {
      alert?: string;
      annotations?: {
        [k: string]: string;
      };
      expr: number | string;
      for?: string;
      keep_firing_for?: string;
      labels?: {
        [k: string]: string;
      };
      record?: string;
    }[];
  }[];
}
