// A client for S3-compatible stores, with the credentials of whoever runs Pulumi (the SDK's provider chain), never with a workload's.
import { S3Client } from "@aws-sdk/client-s3";
import type { BucketInputs } from "./desired";

type Address = Pick<BucketInputs, "endpoint" | "managementEndpoint" | "region" | "pathStyle">;

export function clientFor({ endpoint, managementEndpoint = endpoint, region, pathStyle }: Address): S3Client {
  return new S3Client({
    endpoint: managementEndpoint,
    region,
    forcePathStyle: pathStyle,
    // Newer checksums come as trailers, which Ceph-based stores refuse or mistake for content.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
}

/** `undefined` where the store says that there is no such thing. */
export async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const missing = new Set(["NoSuchBucket", "NotFound", "NoSuchBucketPolicy", "NoSuchLifecycleConfiguration", "NoSuchKey", "404"]);

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return missing.has(error.name) || (error.name === "UnknownError" && status === 404);
}
