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

export interface BucketQuestion {
  readonly purpose: string;
  readonly bucket: string;
  readonly namespace: string;
  readonly retention: Duration;
}

/** A PromQL expression for the bytes in a bucket; undefined where nobody can say. */
export function bucketBytes(source: BucketMetrics, { purpose, bucket, namespace, retention }: BucketQuestion): string | undefined {
  if (source !== "estimate") {
    const { metric, label } = measured[source];
    return `max(sum by (${label}, job, instance) (${metric}{${label}="${bucket}"}))`;
  }
  // Tempo counts its blocks whenever it lists them. Each of its pods sees all of them.
  if (purpose.startsWith("tempo")) return `sum(max by (tenant, status) (tempodb_backend_bytes_total{${seriesOf(jobs.traces, namespace)}}))`;
  // Loki counts what it writes. Kept for the retention, that is what the bucket comes to hold.
  if (purpose === "loki-chunks") {
    return `sum(rate(loki_chunk_store_stored_chunk_bytes_total{${seriesOf(jobs.logs, namespace)}}[7d])) * ${retention.seconds}`;
  }
  return undefined;
}

export interface KnownBucket {
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
  where: Pick<BucketQuestion, "namespace" | "retention">,
): KnownBucket[] {
  return Object.entries(buckets).flatMap(([purpose, bucket]) => {
    const bytes = bucketBytes(bucketMetrics, { purpose, bucket, ...where });
    if (bytes === undefined) return [];
    const quota = quotas[purpose];
    return [{ purpose, bytes, measured: bucketMetrics !== "estimate" || purpose.startsWith("tempo"), ...(quota ? { quota } : {}) }];
  });
}
