/** What collection, data sources, alerts and network policies know of Tempo. */
export interface TracesEndpoint {
  readonly namespace: string;
  readonly release: string;
  /** host:port for OTLP over gRPC. */
  readonly otlpGrpc: string;
  readonly queryUrl: string;
  /** Tenant ID of the stack itself, for `X-Scope-OrgID`. Tempo ignores it while multi-tenancy is off. */
  readonly tenant: string;
  /** Tenant ID of all data that Tempo stored while multi-tenancy was off. */
  readonly singleTenant: string;
  readonly multiTenant: boolean;
  readonly kind: "monolithic" | "tempostack";
  /** Programs of a TempoStack that show their metrics to holders of one of the operator's certificates only. */
  readonly encrypted?: readonly string[];
  /** What Tempo makes of spans and writes to a Prometheus. */
  readonly metrics: readonly ("service-graphs" | "span-metrics")[];
}
