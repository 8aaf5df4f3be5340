// Tempo's whole configuration: the very text that Tempo 2.10 reads.
import { goDuration } from "../config/units";
import { isObject, type ObjectBinding } from "../storage/store";
import { mergeOver } from "../text/merge";
import { type Plain, renderYaml } from "../text/yaml";
import { isMultiTenant, type TempoInput } from "./input";
import { defaultOverrides } from "./overrides";
import { paths } from "./paths";

/** Keys are never written here: the client finds them in its environment, or asks AWS for the pod's role. */
function s3Client({ bucket, prefix, endpoint }: ObjectBinding): Plain {
  return {
    bucket,
    endpoint: endpoint.host,
    forcepathstyle: endpoint.pathStyle,
    insecure: !endpoint.tls,
    region: endpoint.region,
    ...(prefix ? { prefix: prefix.replace(/\/$/, "") } : {}),
    ...(endpoint.ca ? { tls_ca_path: `${paths.storeAuthority}/${endpoint.ca.key}` } : {}),
  };
}

function storageConfig({ blocks }: TempoInput): Plain {
  return {
    trace: {
      backend: isObject(blocks) ? "s3" : "local",
      block: { version: "vParquet4" },
      blocklist_poll: "5m",
      local: { path: `${paths.data}/traces` },
      wal: { path: `${paths.data}/wal` },
      ...(isObject(blocks) ? { s3: s3Client(blocks) } : {}),
    },
  };
}

function ingesterConfig({ config }: TempoInput): Plain {
  return {
    complete_block_timeout: "15m",
    // A restart would replay the log, but a pod that never comes back would not.
    flush_all_on_shutdown: true,
    flush_check_period: "10s",
    lifecycler: { ring: { kvstore: { store: "inmemory" }, replication_factor: 1 } },
    max_block_bytes: config.blocks.maxSize.bytes,
    max_block_duration: goDuration(config.blocks.maxDuration),
    trace_idle_period: "10s",
  };
}

function metricsGeneratorConfig({ config, tenants }: TempoInput): { readonly [key: string]: Plain } {
  const { remoteWriteUrl } = config.metricsGenerator;
  if (!remoteWriteUrl) return {};
  return {
    metrics_generator: {
      ring: { kvstore: { store: "inmemory" } },
      storage: {
        path: `${paths.data}/generator/wal`,
        remote_write: [{ send_exemplars: true, url: remoteWriteUrl }],
        remote_write_add_org_id_header: isMultiTenant(tenants),
      },
      traces_storage: { path: `${paths.data}/generator/traces` },
    },
  };
}

export function tempoConfigTree(input: TempoInput): { readonly [key: string]: Plain } {
  const { config, tenants } = input;
  return {
    compactor: {
      compaction: {
        block_retention: goDuration(config.retention),
        compacted_block_retention: goDuration(config.blocks.compactedRetention),
      },
    },
    distributor: {
      receivers: { otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" }, http: { endpoint: "0.0.0.0:4318" } } } },
      // Without it a tenant over its limits is told that its spans are lost for good, and collectors drop them instead of waiting.
      retry_after_on_resource_exhausted: "5s",
      ring: { kvstore: { store: "inmemory" } },
    },
    ingester: ingesterConfig(input),
    multitenancy_enabled: isMultiTenant(tenants),
    overrides: { defaults: defaultOverrides(input), per_tenant_override_config: paths.overrides },
    query_frontend: {
      search: {
        default_result_limit: config.search.defaultLimit,
        max_duration: goDuration(config.search.maxDuration),
        max_result_limit: config.search.maxLimit,
      },
    },
    server: { http_listen_port: 3200 },
    storage: storageConfig(input),
    stream_over_http_enabled: true,
    usage_report: { reporting_enabled: false },
    ...metricsGeneratorConfig(input),
  };
}

export const tempoConfig = (input: TempoInput): string => renderYaml(mergeOver(tempoConfigTree(input), input.config.extraConfig) as Plain);
