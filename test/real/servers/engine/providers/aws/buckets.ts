// S3 buckets and their settings, each a resource of its own as in the real provider.
import * as s3 from "@aws-sdk/client-s3";
import { type Properties, type Value } from "../../../../../../preview/wire/values";
import type { ResourceType } from "../provider";
import type { AwsClient } from "./client";
import { fromApi, toApi } from "./names";

const bucketOf = ({ bucket }: Properties): string => String(bucket);

/** Undefined where S3 knows no such bucket or setting. */
async function unlessMissing<Result>(call: Promise<Result>): Promise<Result | undefined> {
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

interface Setting {
  put(Bucket: string, inputs: Properties): Parameters<s3.S3Client["send"]>[0];
  get(Bucket: string): Parameters<s3.S3Client["send"]>[0];
  /** The properties in what `get` answered. */
  found(answer: never, state: Properties): Properties | undefined;
  remove?(Bucket: string): Parameters<s3.S3Client["send"]>[0];
}

/** One setting of a bucket; its id is the bucket's name. */
function setting({ put, get, found, remove }: Setting): ResourceType<AwsClient> {
  return {
    replacedBy: ["bucket", "expectedBucketOwner"],
    async create(aws, inputs) {
      await aws.s3.send(put(bucketOf(inputs), inputs));
      return { id: bucketOf(inputs), outputs: {} };
    },
    async read(aws, id, state) {
      const answer = await unlessMissing(aws.s3.send(get(id)));
      return answer && found(answer as never, state);
    },
    async update(aws, id, inputs) {
      await aws.s3.send(put(id, inputs));
    },
    async delete(aws, id) {
      if (remove) await unlessMissing(aws.s3.send(remove(id)));
    },
  };
}

export const policy = setting({
  put: (Bucket, inputs) => new s3.PutBucketPolicyCommand({ Bucket, Policy: String(inputs.policy) }),
  get: (Bucket) => new s3.GetBucketPolicyCommand({ Bucket }),
  found: ({ Policy = "" }: s3.GetBucketPolicyCommandOutput) => ({ policy: Policy }),
  remove: (Bucket) => new s3.DeleteBucketPolicyCommand({ Bucket }),
});

export const versioning = setting({
  put: (Bucket, inputs) => new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: toApi(inputs.versioningConfiguration) }),
  get: (Bucket) => new s3.GetBucketVersioningCommand({ Bucket }),
  found: ({ Status }: s3.GetBucketVersioningCommandOutput) => ({ versioningConfiguration: { status: Status ?? "Suspended" } }),
});

export const ownership = setting({
  put: (Bucket, inputs) => new s3.PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules: [toApi(inputs.rule)] } }),
  get: (Bucket) => new s3.GetBucketOwnershipControlsCommand({ Bucket }),
  found: ({ OwnershipControls }: s3.GetBucketOwnershipControlsCommandOutput) => ({ rule: fromApi(OwnershipControls?.Rules?.[0]) }),
  remove: (Bucket) => new s3.DeleteBucketOwnershipControlsCommand({ Bucket }),
});

export const publicAccessBlock = setting({
  put: (Bucket, { bucket: _, ...blocks }) => new s3.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: toApi(blocks) }),
  get: (Bucket) => new s3.GetPublicAccessBlockCommand({ Bucket }),
  found: ({ PublicAccessBlockConfiguration }: s3.GetPublicAccessBlockCommandOutput) => fromApi(PublicAccessBlockConfiguration) as Properties,
  remove: (Bucket) => new s3.DeletePublicAccessBlockCommand({ Bucket }),
});

export const encryption = setting({
  put: (Bucket, inputs) => new s3.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: encryptionRules(inputs) } }),
  get: (Bucket) => new s3.GetBucketEncryptionCommand({ Bucket }),
  // moto forgets which kinds of encryption are blocked.
  found: ({ ServerSideEncryptionConfiguration }: s3.GetBucketEncryptionCommandOutput, { rules }) => {
    const [stated = {}] = rules as Properties[];
    const defaults = ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
    return { rules: [{ ...stated, applyServerSideEncryptionByDefault: fromApi(defaults) }] };
  },
});

const encryptionRules = ({ rules }: Properties) =>
  (rules as Properties[]).map(({ blockedEncryptionTypes, ...rule }) => ({
    ...(toApi(rule) as s3.ServerSideEncryptionRule),
    ...(blockedEncryptionTypes ? { BlockedEncryptionTypes: { EncryptionType: blockedEncryptionTypes as s3.EncryptionType[] } } : {}),
  }));

export const lifecycle = setting({
  put: (Bucket, inputs) =>
    new s3.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: toApi(inputs.rules as Value) } }),
  get: (Bucket) => new s3.GetBucketLifecycleConfigurationCommand({ Bucket }),
  found: ({ Rules }: s3.GetBucketLifecycleConfigurationCommandOutput) => ({ rules: fromApi(Rules) }),
  remove: (Bucket) => new s3.DeleteBucketLifecycleCommand({ Bucket }),
});

export const logging = setting({
  put: (Bucket, { targetBucket, targetPrefix }) =>
    new s3.PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled: toApi({ targetBucket: targetBucket ?? null, targetPrefix: targetPrefix ?? null }) } }),
  get: (Bucket) => new s3.GetBucketLoggingCommand({ Bucket }),
  found: ({ LoggingEnabled }: s3.GetBucketLoggingCommandOutput) => LoggingEnabled && (fromApi(LoggingEnabled) as Properties),
  remove: (Bucket) => new s3.PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} }),
});
