/** What collection, data sources, alerts and network policies know of Loki. */
export interface LogsEndpoint {
  readonly namespace: string;
  /** The Helm release's name: prefix of services and value of `app.kubernetes.io/instance`. */
  readonly release: string;
  readonly pushUrl: string;
  readonly queryUrl: string;
  /** Tenant ID of the stack itself, for `X-Scope-OrgID`. Loki ignores it while multi-tenancy is off. */
  readonly tenant: string;
  /** Tenant ID of all data that Loki stored while multi-tenancy was off. */
  readonly singleTenant: string;
  readonly multiTenant: boolean;
  readonly mode: "monolithic" | "simple-scalable" | "distributed";
  /** How many programs hold lines before they reach the store. */
  readonly ingesters: number;
}
