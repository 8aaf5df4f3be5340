// Every bucket that a stack needs, from its configuration alone.
import type { GranaryConfig } from "./config/schema";
import { lokiBuckets } from "./logs/buckets";
import type { BucketSpec } from "./storage/store";
import { tempoBucket } from "./traces/buckets";

export function bucketSpecs({ logs, traces, tenants, namespace }: GranaryConfig): BucketSpec[] {
  const { chunks, ruler } = lokiBuckets(logs, tenants, namespace);
  return traces.enabled ? [chunks, ruler, tempoBucket(traces, tenants, namespace)] : [chunks, ruler];
}
