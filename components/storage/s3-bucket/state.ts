// What a bucket is like now, read from the store, in the form in which it is asked for.
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { unlessMissing } from "./client";

export interface BucketState {
  readonly versioning: boolean;
  readonly policy?: string;
  readonly lifecycle?: string;
}

/** Undefined when there is no such bucket. */
export async function readBucket(client: S3Client, bucket: string): Promise<BucketState | undefined> {
  const Bucket = bucket;
  if (!(await unlessMissing(client.send(new HeadBucketCommand({ Bucket }))))) return undefined;
  const versioning = await client.send(new GetBucketVersioningCommand({ Bucket }));
  const policy = await unlessMissing(client.send(new GetBucketPolicyCommand({ Bucket })));
  const lifecycle = await unlessMissing(client.send(new GetBucketLifecycleConfigurationCommand({ Bucket })));
  return {
    versioning: versioning.Status === "Enabled",
    ...(policy?.Policy ? { policy: policy.Policy } : {}),
    ...(lifecycle?.Rules?.length ? { lifecycle: JSON.stringify({ Rules: lifecycle.Rules }) } : {}),
  };
}
