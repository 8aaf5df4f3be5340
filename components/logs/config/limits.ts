// What a tenant may send, ask and keep; and what single tenants have instead.
import { type Duration, goDuration, type Size } from "../../config/units";
import type { Plain } from "../../text/yaml";
import { limitsOf } from "../derived";
import { isMultiTenant, type LokiInput } from "../input";

const megabytes = ({ bytes }: Size): number => Math.round((bytes / 2 ** 20) * 1000) / 1000;

/** Loki's own notation for sizes reads KB and MB as powers of two. */
const lokiSize = ({ bytes }: Size): string => (bytes % 2 ** 20 === 0 ? `${bytes / 2 ** 20}MB` : `${Math.ceil(bytes / 1024)}KB`);

/** Queries never need to look further back than the longest retention. */
export function longestRetention({ config, tenants }: Pick<LokiInput, "config" | "tenants">): Duration {
  const kept = [
    config.retention,
    ...config.compactor.streams.map(({ keep }) => keep),
    ...tenants.flatMap(({ logs }) => logs?.retention ?? []),
  ];
  return kept.reduce((longest, next) => (next.seconds > longest.seconds ? next : longest));
}

export function limitsConfig(input: LokiInput): Plain {
  const { limits, queries, retention, compactor } = input.config;
  const { ingestionRate, ingestionBurst, streamRate, streamBurst, rejectOlderThan } = limitsOf(input.config);
  return {
    allow_structured_metadata: true,
    deletion_mode: "filter-and-delete",
    discover_log_levels: true,
    ingestion_burst_size_mb: megabytes(ingestionBurst),
    ingestion_rate_mb: megabytes(ingestionRate),
    max_cache_freshness_per_query: "10m",
    max_entries_limit_per_query: queries.maxEntries,
    max_global_streams_per_user: limits.maxStreams,
    max_line_size: lokiSize(limits.maxLineSize),
    max_line_size_truncate: limits.truncateLines,
    max_query_length: goDuration(queries.maxLength ?? { seconds: longestRetention(input).seconds + 3600 }),
    // What is past its time may still lie in the bucket for a while; nobody is to find it.
    max_query_lookback: goDuration(longestRetention(input)),
    max_query_parallelism: queries.parallelism,
    max_query_series: queries.maxSeries,
    per_stream_rate_limit: lokiSize(streamRate),
    per_stream_rate_limit_burst: lokiSize(streamBurst),
    query_timeout: goDuration(queries.timeout),
    reject_old_samples: true,
    reject_old_samples_max_age: goDuration(rejectOlderThan),
    retention_period: goDuration(retention),
    split_queries_by_interval: goDuration(queries.splitInterval),
    volume_enabled: true,
    ...(queries.maxBytesRead ? { max_query_bytes_read: lokiSize(queries.maxBytesRead) } : {}),
    ...(compactor.streams.length > 0
      ? { retention_stream: compactor.streams.map(({ selector, keep, priority }) => ({ period: goDuration(keep), priority, selector })) }
      : {}),
  };
}

/** The file that Loki reads again while it runs. Always there, so that the first override needs no restart. */
export function runtimeConfig({ tenants }: Pick<LokiInput, "tenants">): { readonly [key: string]: Plain } {
  if (!isMultiTenant(tenants)) return {};
  const overrides = tenants.map(({ name, logs = {} }): [string, { [key: string]: Plain }] => [
    name,
    {
      ...(logs.retention ? { max_query_lookback: goDuration(logs.retention), retention_period: goDuration(logs.retention) } : {}),
      ...(logs.ingestionRate ? { ingestion_rate_mb: megabytes(logs.ingestionRate) } : {}),
      ...(logs.ingestionBurst ? { ingestion_burst_size_mb: megabytes(logs.ingestionBurst) } : {}),
      ...(logs.maxStreams ? { max_global_streams_per_user: logs.maxStreams } : {}),
    },
  ]);
  const told = overrides.filter(([, override]) => Object.keys(override).length > 0);
  return told.length > 0 ? { overrides: Object.fromEntries(told) } : {};
}
