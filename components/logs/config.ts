// Loki's whole configuration: the very text that Loki reads, in the cluster as in the tests.
import { goDuration } from "../config/units";
import { mergeOver } from "../text/merge";
import { type Plain, renderYaml } from "../text/yaml";
import { commonConfig, ingesterConfig, memberlistConfig } from "./config/ingest";
import { limitsConfig } from "./config/limits";
import { chunkStoreConfig, frontendConfig, querierConfig, queryRangeConfig } from "./config/query";
import { rulerStorage, storageConfig, storeKind } from "./config/store";
import { isMultiTenant, type LokiInput } from "./input";
import { paths } from "./paths";
import { schemaConfig } from "./periods";

const serverConfig: Plain = {
  graceful_shutdown_timeout: "15s",
  grpc_listen_port: 9095,
  grpc_server_max_concurrent_streams: 1000,
  grpc_server_max_recv_msg_size: 100 * 2 ** 20,
  grpc_server_max_send_msg_size: 100 * 2 ** 20,
  grpc_server_min_time_between_pings: "10s",
  grpc_server_ping_without_stream_allowed: true,
  http_listen_port: 3100,
  http_server_read_timeout: "10m",
  http_server_write_timeout: "10m",
  log_level: "info",
};

function compactorConfig({ config, chunks }: LokiInput): Plain {
  const { compactionInterval, deleteDelay, workers } = config.compactor;
  return {
    compaction_interval: goDuration(compactionInterval),
    delete_request_store: storeKind(chunks),
    retention_delete_delay: goDuration(deleteDelay),
    retention_delete_worker_count: workers,
    retention_enabled: true,
    working_directory: `${paths.data}/compactor`,
  };
}

function rulerConfig(input: LokiInput): { readonly [key: string]: Plain } {
  const { enabled, alertmanagerUrl, remoteWriteUrl } = input.config.ruler;
  if (!enabled) return {};
  return {
    ruler: {
      enable_api: true,
      enable_sharding: true,
      // Each look for changed rules is a listing, whether there are rules or not.
      poll_interval: "5m",
      rule_path: `${paths.data}/rules-temp`,
      wal: { dir: `${paths.data}/ruler-wal` },
      ...(alertmanagerUrl ? { alertmanager_url: alertmanagerUrl } : {}),
      ...(remoteWriteUrl ? { remote_write: { client: { url: remoteWriteUrl }, enabled: true } } : {}),
    },
    ruler_storage: rulerStorage(input),
  };
}

export function lokiConfigTree(input: LokiInput): { readonly [key: string]: Plain | undefined } {
  return {
    analytics: { reporting_enabled: false },
    auth_enabled: isMultiTenant(input.tenants),
    chunk_store_config: chunkStoreConfig(input),
    common: commonConfig(input),
    compactor: compactorConfig(input),
    ingester: ingesterConfig(input),
    limits_config: limitsConfig(input),
    memberlist: memberlistConfig(input),
    pattern_ingester: { enabled: input.config.patterns },
    querier: querierConfig(input),
    query_range: queryRangeConfig(input),
    runtime_config: { file: paths.runtimeConfig },
    schema_config: schemaConfig(input.config.schema, input.chunks),
    server: serverConfig,
    storage_config: storageConfig(input),
    ...frontendConfig(input),
    ...rulerConfig(input),
  };
}

export const lokiConfig = (input: LokiInput): string => renderYaml(mergeOver(lokiConfigTree(input), input.config.extraConfig) as Plain);
