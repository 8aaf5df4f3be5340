// A stack as its alerts and dashboards see it: everything on, one quota for each bucket that can be measured.

import type { CollectionEndpoint } from "../../components/collection/endpoint";
import { observeSchema } from "../../components/config/schema/observe";
import { days, hours } from "../../components/config/units";
import type { LogsEndpoint } from "../../components/logs/endpoint";
import { type ObserveArgs, watchedBy } from "../../components/observe/observe";
import type { TracesEndpoint } from "../../components/traces/endpoint";

export const logs: LogsEndpoint = {
  namespace: "observability",
  release: "loki",
  pushUrl: "http://loki-gateway.observability.svc.cluster.local:80/loki/api/v1/push",
  queryUrl: "http://loki-gateway.observability.svc.cluster.local:80",
  tenant: "fake",
  singleTenant: "fake",
  multiTenant: false,
  mode: "monolithic",
  ingesters: 3,
};

export const traces: TracesEndpoint = {
  namespace: "observability",
  release: "tempo",
  otlpGrpc: "tempo.observability.svc.cluster.local:4317",
  queryUrl: "http://tempo.observability.svc.cluster.local:3200",
  tenant: "single-tenant",
  singleTenant: "single-tenant",
  multiTenant: false,
  metrics: ["service-graphs", "span-metrics"],
  kind: "monolithic",
};

export const collection: CollectionEndpoint = {
  namespace: "observability-collection",
  releases: ["granary-alloy"],
  otlpGrpc: "granary-alloy.observability-collection.svc:4317",
  otlpHttp: "granary-alloy.observability-collection.svc:4318",
};

export function observeArgs(config: unknown = {}, more: Partial<ObserveArgs> = {}): ObserveArgs {
  const quotas = { "loki-chunks": "100GB", "tempo-traces": "100GB" };
  return {
    config: observeSchema.parse({ quotas, ...(config as object) }),
    namespace: "observability",
    logs,
    // By its operator, which has one alert more.
    traces: { ...traces, kind: "tempostack" },
    collection,
    tenants: [],
    store: "rook-ceph",
    storeNamespace: "rook-ceph",
    buckets: { "loki-chunks": "granary-loki-chunks", "loki-ruler": "granary-loki-ruler", "tempo-traces": "granary-tempo-traces" },
    upkeep: { retention: days(30), compactionInterval: hours(1) },
    ...more,
  };
}

export const watched = (config: unknown = {}, more: Partial<ObserveArgs> = {}) => watchedBy(observeArgs(config, more));
