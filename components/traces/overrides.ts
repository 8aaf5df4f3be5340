// What a tenant may send and keep.
import { goDuration } from "../config/units";
import type { Plain } from "../text/yaml";
import { hasOwnTraces, type TempoInput } from "./input";
import { limitsOf } from "./limits";

/** Bytes that a question for a tag's values may answer with: five times Tempo's own, for attributes with many values. */
export const largestTagValues = 5_000_000;

/** For everybody who has nothing of their own. */
export function defaultOverrides({ config }: TempoInput): Plain {
  const { limits, metricsGenerator } = config;
  return {
    global: { max_bytes_per_trace: limits.maxTraceSize.bytes },
    ingestion: {
      burst_size_bytes: limits.ingestionBurst.bytes,
      max_traces_per_user: limits.maxLiveTraces,
      rate_limit_bytes: limits.ingestionRate.bytes,
      retry_info_enabled: true,
    },
    ...(metricsGenerator.remoteWriteUrl ? { metrics_generator: { processors: metricsGenerator.processors } } : {}),
    read: { max_bytes_per_tag_values_query: largestTagValues },
  };
}

/** A tenant's override replaces the defaults as a whole: each is written out in full. */
export function tenantOverrides(input: TempoInput): { readonly [tenant: string]: Plain } {
  const entries = input.tenants.filter(hasOwnTraces).map(({ name, traces = {} }): [string, Plain] => {
    const own = limitsOf(input.config.limits, traces);
    const whole = defaultOverrides({ ...input, config: { ...input.config, limits: own } }) as { readonly [key: string]: Plain };
    const compaction = traces.retention ? { compaction: { block_retention: goDuration(traces.retention) } } : {};
    return [name, { ...whole, ...compaction }];
  });
  return Object.fromEntries(entries);
}
