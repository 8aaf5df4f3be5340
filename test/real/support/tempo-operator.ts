// What the Tempo operator (0.22) hands to Tempo for a TempoStack: read from its source, since the operator itself does not run here.
// Only what Granary sets, in one process instead of five.
import { Document, type Scalar, visit } from "yaml";
import type { TempoStackSpec } from "../../../components/kubernetes/generated/TempoStack.gen";
import { mergeOver } from "../../../components/text/merge";
import { type Plain, renderYaml } from "../../../components/text/yaml";

type Limits = NonNullable<NonNullable<TempoStackSpec["limits"]>["global"]>;
type Tree = { readonly [key: string]: Plain };

/** One override for each tenant that has limits or a retention; what has no value is left out. */
export function operatorOverrides({ limits = {}, retention = {} }: Pick<TempoStackSpec, "limits" | "retention">): string {
  const tenants = new Set([...Object.keys(limits.perTenant ?? {}), ...Object.keys(retention.perTenant ?? {})]);
  const overrides = [...tenants].map((tenant) => {
    const { ingestion = {}, query = {} }: Limits = limits.perTenant?.[tenant] ?? {};
    const traces = retention.perTenant?.[tenant]?.traces;
    const own = {
      ingestion: given({
        burst_size_bytes: ingestion.ingestionBurstSizeBytes,
        max_bytes_per_trace: ingestion.maxBytesPerTrace,
        max_traces_per_user: ingestion.maxTracesPerUser,
        rate_limit_bytes: ingestion.ingestionRateLimitBytes,
      }),
      read: given({ max_bytes_per_tag_values_query: query.maxBytesPerTagValues }),
      ...(traces === undefined ? {} : { compaction: { block_retention: traces } }),
    };
    return [tenant, own] as const;
  });
  return renderYaml({ overrides: Object.fromEntries(overrides) });
}

/** Tempo's configuration, with the limits in the form of before 2.3, and the extra configuration laid over it by way of JSON. */
export function operatorConfiguration({ extraConfig, limits, retention, search, storage }: TempoStackSpec, bucket: string): string {
  const { ingestion = {}, query = {} } = limits?.global ?? {};
  const made: Tree = {
    compactor: { compaction: { block_retention: retention?.global?.traces ?? "" } },
    distributor: { receivers: { otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" }, http: { endpoint: "0.0.0.0:4318" } } } } },
    ingester: { lifecycler: { ring: { kvstore: { store: "inmemory" }, replication_factor: 1 } }, max_block_duration: "10m" },
    multitenancy_enabled: false,
    overrides: given({
      ingestion_burst_size_bytes: ingestion.ingestionBurstSizeBytes,
      ingestion_rate_limit_bytes: ingestion.ingestionRateLimitBytes,
      max_bytes_per_tag_values_query: query.maxBytesPerTagValues,
      max_bytes_per_trace: ingestion.maxBytesPerTrace,
      max_traces_per_user: ingestion.maxTracesPerUser,
      per_tenant_override_config: "/conf/overrides.yaml",
    }),
    query_frontend: {
      search: given({
        concurrent_jobs: 2000,
        default_result_limit: search?.defaultResultLimit,
        max_duration: search?.maxDuration,
        max_result_limit: search?.maxResultLimit,
        max_spans_per_span_set: 0,
      }),
    },
    server: { http_listen_port: 3200 },
    storage: {
      trace: {
        backend: "s3",
        blocklist_poll: "5m",
        local: { path: "/var/tempo/traces" },
        s3: { bucket, endpoint: "", insecure: !storage.tls?.enabled },
        wal: { path: "/var/tempo/wal" },
      },
    },
    usage_report: { reporting_enabled: false },
  };
  const document = new Document(mergeOver(made, (extraConfig?.tempo ?? {}) as Tree));
  visit(document, {
    // Large numbers come out of JSON as floating ones.
    Scalar: (_, node) => {
      if (typeof node.value === "number" && node.value >= 1e6) (node as Scalar).format = "EXP";
    },
  });
  return document.toString();
}

function given(values: Readonly<Record<string, string | number | undefined>>): { readonly [key: string]: string | number } {
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
