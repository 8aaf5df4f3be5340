// What a tenant may send, as the Tempo operator wants to be told.
import type { TempoStackSpec } from "../kubernetes/generated/TempoStack.gen";
import { hasOwnTraces, type TempoInput } from "./input";
import { limitsOf } from "./limits";
import { largestTagValues } from "./overrides";

type Limits = NonNullable<NonNullable<TempoStackSpec["limits"]>["global"]>;

const ingestion = ({ ingestionRate, ingestionBurst, maxLiveTraces }: TempoInput["config"]["limits"]): Limits => ({
  ingestion: {
    ingestionBurstSizeBytes: ingestionBurst.bytes,
    ingestionRateLimitBytes: ingestionRate.bytes,
    maxTracesPerUser: maxLiveTraces,
  },
  query: { maxBytesPerTagValues: largestTagValues },
});

/**
 * The operator writes an override for each tenant with a limit or a retention of its own, and in Tempo an override replaces the defaults as
 * a whole: what is left out is zero, and a rate of zero refuses every span. Left out all the same is the size of a trace: the operator writes
 * it where Tempo does not know it, and Tempo would not start.
 */
export function stackLimits({ config, tenants }: TempoInput): NonNullable<TempoStackSpec["limits"]> {
  const everybody = ingestion(config.limits);
  const own = tenants.filter(hasOwnTraces).map(({ name, traces }) => [name, ingestion(limitsOf(config.limits, traces))] as const);
  return {
    global: { ...everybody, ingestion: { ...everybody.ingestion, maxBytesPerTrace: config.limits.maxTraceSize.bytes } },
    ...(own.length > 0 ? { perTenant: Object.fromEntries(own) } : {}),
  };
}
