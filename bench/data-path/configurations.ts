// The two that are compared: Granary's, and what the chart makes of its own values when it is given a bucket, a schema and a retention and nothing else.
// Both run as one process with one copy of each line; neither has a memcached.
import { stringify } from "yaml";
import { logsSchema } from "../../components/config/schema/logs";
import { lokiConfig } from "../../components/logs/config";
import { idleOf } from "../../components/logs/derived";
import type { ObjectBinding } from "../../components/storage/store";
import type { LokiPlace } from "../../test/real/servers";
import { localLoki } from "../../test/real/support/local-loki";

/** A day passes so many times faster than on the wall: what Loki times by its lines' own times needs no change, what it times by the wall does. */
export interface Clock {
  readonly faster: number;
}

export type Configuration = (place: LokiPlace, endpoint: string, clock: Clock) => string;

const span = (minutes: number, { faster }: Clock): string => `${Math.max(1, Math.round((minutes * 60_000) / faster))}ms`;

export const granary =
  (bucket: string): Configuration =>
  (place, endpoint, clock) => {
    const chunks = binding(bucket, endpoint);
    const { chunks: given } = logsSchema.parse({});
    const shortened = {
      ingester: {
        chunk_idle_period: span(idleOf({ chunks: given }).seconds / 60, clock),
        chunk_retain_period: span(15, clock),
        flush_check_period: span(0.5, clock),
      },
    };
    const config = logsSchema.parse(clock.faster === 1 ? {} : { extraConfig: shortened });
    return localLoki(lokiConfig({ config, tenants: [], namespace: "bench", chunks, ruler: chunks, spread: "required" }), place, {
      endpoint,
    });
  };

export const chartDefaults =
  (bucket: string): Configuration =>
  ({ folder, httpPort, grpcPort }, endpoint, clock) => {
    const s3 = { bucketnames: bucket, endpoint, region: "us-east-1", s3forcepathstyle: true, insecure: true };
    return stringify({
      auth_enabled: false,
      analytics: { reporting_enabled: false },
      server: {
        http_listen_address: "127.0.0.1",
        http_listen_port: httpPort,
        grpc_listen_address: "127.0.0.1",
        grpc_listen_port: grpcPort,
      },
      common: {
        path_prefix: folder,
        replication_factor: 1,
        instance_addr: "127.0.0.1",
        ring: { kvstore: { store: "inmemory" } },
        storage: { s3 },
      },
      schema_config: {
        configs: [{ from: "2024-04-01", store: "tsdb", object_store: "s3", schema: "v13", index: { prefix: "index_", period: "24h" } }],
      },
      limits_config: {
        max_cache_freshness_per_query: "10m",
        query_timeout: "300s",
        reject_old_samples: true,
        reject_old_samples_max_age: "168h",
        retention_period: "720h",
        split_queries_by_interval: "15m",
        volume_enabled: true,
      },
      ingester: {
        wal: { flush_on_shutdown: true },
        ...(clock.faster === 1 ? {} : { chunk_idle_period: span(30, clock), flush_check_period: span(0.5, clock) }),
      },
      compactor: { retention_enabled: true, delete_request_store: "s3" },
      query_range: { align_queries_with_step: true },
      ruler: { storage: { type: "s3", s3 }, wal: { dir: `${folder}/ruler-wal` } },
      index_gateway: { mode: "simple" },
      storage_config: { hedging: { at: "250ms", max_per_second: 20, up_to: 3 } },
      tracing: { enabled: false },
    });
  };

function binding(bucket: string, endpoint: string): ObjectBinding {
  const { host, port } = new URL(endpoint);
  return {
    kind: "object",
    bucket,
    prefix: "",
    endpoint: {
      url: endpoint,
      host,
      region: "us-east-1",
      pathStyle: true,
      tls: false,
      reach: { kind: "cidrs", cidrs: [], port: Number(port) },
    },
    credentials: { kind: "secret", secretName: "none" },
    ready: [],
  };
}
