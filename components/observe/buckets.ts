// How many bytes a bucket holds: measured by whoever can, else worked out from what Loki and Tempo say they wrote.
import type { GranaryConfig } from "../config/schema";
import type { Duration, Size } from "../config/units";
import { jobs, seriesOf } from "./jobs";

export type BucketMetrics = GranaryConfig["observe"]["bucketMetrics"];

/** Who measures, under which name, and which label holds the bucket's. */
const measured: Readonly<Record<Exclude<BucketMetrics, "estimate">, { readonly metric: string; readonly label: string }>> = {
  cloudwatch: { metric: "aws_s3_bucket_size_bytes_average", label: "dimension_BucketName" },
  minio: { metric: "minio_bucket_usage_total_bytes", label: "bucket" },
  radosgw: { metric: "radosgw_usage_bucket_bytes", label: "bucket" },
  seaweedfs: { metric: "SeaweedFS_s3_bucket_size_bytes", label: "bucket" },
};

export interface Keeping {
  readonly namespace: string;
  /** Of logs, for everybody … */
  readonly retention: Duration;
  /** … but these tenants. */
  readonly retentions: Readonly<Record<string, Duration>>;
}

export interface KnownBucket {
  /** Several, where they share a bucket and only the whole is measured. */
  readonly purpose: string;
  readonly bytes: string;
  /** Whether `bytes` is measured or worked out from what was written. */
  readonly measured: boolean;
  readonly quota?: Size;
}

/** The buckets that somebody can say the size of. */
export function knownBuckets(
  bucketMetrics: BucketMetrics,
  quotas: Readonly<Record<string, Size>>,
  buckets: Readonly<Record<string, string>>,
  keeping: Keeping,
): KnownBucket[] {
  if (bucketMetrics === "estimate") {
    return Object.keys(buckets).flatMap((purpose) => {
      const bytes = estimate(purpose, keeping);
      return bytes ? [{ purpose, bytes, measured: purpose.startsWith("tempo"), ...quotaOf([purpose], quotas) }] : [];
    });
  }
  const { metric, label } = measured[bucketMetrics];
  return grouped(Object.entries(buckets)).map(([bucket, purposes]) => ({
    purpose: purposes.join(", "),
    bytes: `max(sum by (${label}, job, instance) (${metric}{${label}="${bucket}"}))`,
    measured: true,
    ...quotaOf(purposes, quotas),
  }));
}

/** A PromQL expression for the bytes that a purpose comes to hold; undefined where nobody can say. */
function estimate(purpose: string, keeping: Keeping): string | undefined {
  // Tempo counts its blocks whenever it lists them. Each of its pods sees all of them.
  if (purpose.startsWith("tempo"))
    return `sum(max by (tenant, status) (tempodb_backend_bytes_total{${seriesOf(jobs.traces, keeping.namespace)}}))`;
  return purpose === "loki-chunks" ? writtenAndKept(keeping) : undefined;
}

/** Loki counts what it writes for each tenant. Kept for the tenant's retention, that is what the bucket comes to hold. */
function writtenAndKept({ namespace, retention, retentions }: Keeping): string {
  const part = (who: string, seconds: number) =>
    `rate(loki_chunk_store_stored_chunk_bytes_total{${seriesOf(jobs.logs, namespace)}${who}}[7d]) * ${seconds}`;
  const tenants = Object.keys(retentions).sort();
  const own = grouped(tenants.map((tenant) => [tenant, retentions[tenant]?.seconds ?? retention.seconds] as const));
  const parts = [
    part(tenants.length > 0 ? `,user!~"${tenants.join("|")}"` : "", retention.seconds),
    ...own.sort(([a], [b]) => a - b).map(([seconds, names]) => part(`,user=~"${names.join("|")}"`, seconds)),
  ];
  return `sum(${parts.join(" or ")})`;
}

function quotaOf(purposes: readonly string[], quotas: Readonly<Record<string, Size>>): { quota?: Size } {
  const bytes = purposes.reduce((sum, purpose) => sum + (quotas[purpose]?.bytes ?? 0), 0);
  return bytes > 0 ? { quota: { bytes } } : {};
}

/** The names of each value. */
function grouped<Value>(entries: readonly (readonly [string, Value])[]): [Value, string[]][] {
  const names = new Map<Value, string[]>();
  for (const [name, value] of entries) names.set(value, [...(names.get(value) ?? []), name]);
  return [...names];
}
