// What a tenant may send, ask and keep; and what single tenants have instead.
import { type Duration, goDuration, type Size } from "../../config/units";
import type { Plain } from "../../text/yaml";
import { keptAtMost, limitsOf, settingsOf, type TenantSettings } from "../derived";
import { isMultiTenant, type LokiInput } from "../input";
import type { LogsConfig } from "../sizes";

const megabytes = ({ bytes }: Size): number => Math.round((bytes / 2 ** 20) * 1000) / 1000;

/** Loki's own notation for sizes reads KB and MB as powers of two. */
const lokiSize = ({ bytes }: Size): string => (bytes % 2 ** 20 === 0 ? `${bytes / 2 ** 20}MB` : `${Math.ceil(bytes / 1024)}KB`);

/** The longest that any line of any tenant is kept. */
export function longestRetention({ config, tenants }: Pick<LokiInput, "config" | "tenants">): Duration {
  const own = tenants.flatMap(({ logs }) => logs?.retention?.seconds ?? []);
  return keptAtMost({ seconds: Math.max(config.retention.seconds, ...own) }, config);
}

/** What may differ from tenant to tenant. */
function tenantLimits(settings: TenantSettings, config: LogsConfig): { readonly [key: string]: Plain } {
  const { ingestionRate, ingestionBurst, streamRate, streamBurst, rejectOlderThan } = limitsOf(settings);
  return {
    ingestion_burst_size_mb: megabytes(ingestionBurst),
    ingestion_rate_mb: megabytes(ingestionRate),
    max_global_streams_per_user: settings.limits.maxStreams,
    // What is past its time may still lie in the bucket for a while; nobody is to find it. Streams that are kept longer are to be found.
    max_query_lookback: goDuration(keptAtMost(settings.retention, config)),
    per_stream_rate_limit: lokiSize(streamRate),
    per_stream_rate_limit_burst: lokiSize(streamBurst),
    reject_old_samples_max_age: goDuration(rejectOlderThan),
    retention_period: goDuration(settings.retention),
  };
}

export function limitsConfig(input: LokiInput): Plain {
  const { config } = input;
  const { limits, queries, compactor } = config;
  return {
    ...tenantLimits(config, config),
    allow_structured_metadata: true,
    deletion_mode: "filter-and-delete",
    discover_log_levels: true,
    max_cache_freshness_per_query: "10m",
    max_entries_limit_per_query: queries.maxEntries,
    max_line_size: lokiSize(limits.maxLineSize),
    max_line_size_truncate: limits.truncateLines,
    max_query_length: goDuration(queries.maxLength ?? { seconds: longestRetention(input).seconds + 3600 }),
    max_query_parallelism: queries.parallelism,
    max_query_series: queries.maxSeries,
    query_timeout: goDuration(queries.timeout),
    reject_old_samples: true,
    split_queries_by_interval: goDuration(queries.splitInterval),
    // Loki counts pieces of data with an index of this kind, which is all there is, by this number alone.
    tsdb_max_query_parallelism: queries.parallelism,
    volume_enabled: true,
    ...(queries.maxBytesRead ? { max_query_bytes_read: lokiSize(queries.maxBytesRead) } : {}),
    ...(compactor.streams.length > 0
      ? { retention_stream: compactor.streams.map(({ selector, keep, priority }) => ({ period: goDuration(keep), priority, selector })) }
      : {}),
  };
}

/**
 * The file that Loki reads again while it runs. Always there, so that the first override needs no restart. Loki lays an override over the
 * stack's limits, so it says only what differs.
 */
export function runtimeConfig({ config, tenants }: Pick<LokiInput, "config" | "tenants">): { readonly [key: string]: Plain } {
  if (!isMultiTenant(tenants)) return {};
  const stack = tenantLimits(config, config);
  const overrides = tenants.map(({ name, logs }): [string, { readonly [key: string]: Plain }] => {
    const own = Object.entries(tenantLimits(settingsOf(config, logs), config));
    return [name, Object.fromEntries(own.filter(([key, value]) => value !== stack[key]))];
  });
  const told = overrides.filter(([, override]) => Object.keys(override).length > 0);
  return told.length > 0 ? { overrides: Object.fromEntries(told) } : {};
}
