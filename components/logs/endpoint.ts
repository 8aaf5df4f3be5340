/** What collection, data sources, alerts and network policies know of Loki. */
export interface LogsEndpoint {
  readonly namespace: string;
  /** The Helm release's name: prefix of services and value of `app.kubernetes.io/instance`. */
  readonly release: string;
  readonly pushUrl: string;
  readonly queryUrl: string;
  /** Tenant header to send; Loki needs it when it keeps tenants apart. */
  readonly tenant: string;
  readonly multiTenant: boolean;
  readonly mode: "monolithic" | "simple-scalable" | "distributed";
  /** How many programs hold lines before they reach the store. */
  readonly ingesters: number;
}
