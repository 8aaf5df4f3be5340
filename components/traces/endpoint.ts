/** What collection, data sources, alerts and network policies know of Tempo. */
export interface TracesEndpoint {
  readonly namespace: string;
  readonly release: string;
  /** host:port for OTLP over gRPC. */
  readonly otlpGrpc: string;
  readonly queryUrl: string;
  readonly tenant: string;
  readonly multiTenant: boolean;
  readonly kind: "monolithic" | "tempostack";
  /** Programs of a TempoStack that show their metrics to holders of one of the operator's certificates only. */
  readonly encrypted?: readonly string[];
  /** What Tempo makes of spans and writes to a Prometheus. */
  readonly metrics: readonly ("service-graphs" | "span-metrics")[];
}
