import * as s3 from "@aws-sdk/client-s3";
import type { Properties } from "../../../../../../preview/wire/values";
import type { ResourceType } from "../provider";
import type { AwsClient } from "./client";

export const bucketOf = ({ bucket }: Properties): string => String(bucket);

/** Undefined where S3 knows no such bucket or setting. */
export async function unlessMissing<Result>(call: Promise<Result>): Promise<Result | undefined> {
  try {
    return await call;
  } catch (error) {
    if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404) return undefined;
    throw error;
  }
}

/** moto knows no bucket namespaces: an account-regional bucket is one of that name. */
export const bucket: ResourceType<AwsClient> = {
  replacedBy: ["bucket", "bucketNamespace", "bucketPrefix", "objectLockEnabled"],
  async create(aws, inputs) {
    const { region, defaultTags } = aws;
    const Bucket = bucketOf(inputs);
    const CreateBucketConfiguration = { LocationConstraint: region as s3.BucketLocationConstraint };
    await aws.s3.send(new s3.CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    const TagSet = Object.entries(defaultTags).map(([Key, Value]) => ({ Key, Value }));
    await aws.s3.send(new s3.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    const outputs = {
      arn: `arn:aws:s3:::${Bucket}`,
      bucketDomainName: `${Bucket}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${Bucket}.s3.${region}.amazonaws.com`,
      bucketRegion: region,
      tagsAll: { ...defaultTags },
    };
    return { id: Bucket, outputs };
  },
  async read(aws, Bucket) {
    return (await unlessMissing(aws.s3.send(new s3.HeadBucketCommand({ Bucket })))) && { bucket: Bucket };
  },
  async update() {
    // forceDestroy is the provider's own.
  },
  async delete(aws, Bucket) {
    await aws.s3.send(new s3.DeleteBucketCommand({ Bucket }));
  },
};
