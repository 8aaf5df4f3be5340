// The settings of S3 buckets, each a resource of its own as in the real provider.
import * as s3 from "@aws-sdk/client-s3";
import type { Properties, Value } from "../../../../../../preview/wire/values";
import type { ResourceType } from "../provider";
import { bucketOf, unlessMissing } from "./bucket";
import type { AwsClient } from "./client";
import { fromApi, toApi } from "./names";

interface Setting<Answer> {
  put(client: s3.S3Client, Bucket: string, inputs: Properties): Promise<unknown>;
  get(client: s3.S3Client, Bucket: string): Promise<Answer>;
  /** The properties in what `get` answered. */
  found(answer: Answer, state: Properties): Properties | undefined;
  remove?(client: s3.S3Client, Bucket: string): Promise<unknown>;
}

/** One setting of a bucket; its id is the bucket's name. */
function setting<Answer>({ put, get, found, remove }: Setting<Answer>): ResourceType<AwsClient> {
  return {
    replacedBy: ["bucket", "expectedBucketOwner"],
    async create(aws, inputs) {
      await put(aws.s3, bucketOf(inputs), inputs);
      return { id: bucketOf(inputs), outputs: {} };
    },
    async read(aws, id, state) {
      const answer = await unlessMissing(get(aws.s3, id));
      return answer && found(answer, state);
    },
    async update(aws, id, inputs) {
      await put(aws.s3, id, inputs);
    },
    async delete(aws, id) {
      if (remove) await unlessMissing(remove(aws.s3, id));
    },
  };
}

export const policy = setting({
  put: (client, Bucket, inputs) => client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy: String(inputs.policy) })),
  get: (client, Bucket) => client.send(new s3.GetBucketPolicyCommand({ Bucket })),
  found: ({ Policy = "" }) => ({ policy: Policy }),
  remove: (client, Bucket) => client.send(new s3.DeleteBucketPolicyCommand({ Bucket })),
});

export const versioning = setting({
  put: (client, Bucket, inputs) =>
    client.send(new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: toApi(inputs.versioningConfiguration) })),
  get: (client, Bucket) => client.send(new s3.GetBucketVersioningCommand({ Bucket })),
  found: ({ Status }) => ({ versioningConfiguration: { status: Status ?? "Suspended" } }),
});

export const ownership = setting({
  put: (client, Bucket, inputs) =>
    client.send(new s3.PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules: [toApi(inputs.rule)] } })),
  get: (client, Bucket) => client.send(new s3.GetBucketOwnershipControlsCommand({ Bucket })),
  found: ({ OwnershipControls }) => ({ rule: fromApi(OwnershipControls?.Rules?.[0]) }),
  remove: (client, Bucket) => client.send(new s3.DeleteBucketOwnershipControlsCommand({ Bucket })),
});

export const publicAccessBlock = setting({
  put: (client, Bucket, { bucket: _, ...blocks }) =>
    client.send(new s3.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: toApi(blocks) })),
  get: (client, Bucket) => client.send(new s3.GetPublicAccessBlockCommand({ Bucket })),
  found: ({ PublicAccessBlockConfiguration }) => fromApi(PublicAccessBlockConfiguration) as Properties,
  remove: (client, Bucket) => client.send(new s3.DeletePublicAccessBlockCommand({ Bucket })),
});

export const encryption = setting({
  put: (client, Bucket, inputs) =>
    client.send(new s3.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: encryptionRules(inputs) } })),
  get: (client, Bucket) => client.send(new s3.GetBucketEncryptionCommand({ Bucket })),
  // moto forgets which kinds of encryption are blocked.
  found: ({ ServerSideEncryptionConfiguration }, { rules }) => {
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
  put: (client, Bucket, inputs) =>
    client.send(new s3.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: toApi(inputs.rules as Value) } })),
  get: (client, Bucket) => client.send(new s3.GetBucketLifecycleConfigurationCommand({ Bucket })),
  found: ({ Rules }) => ({ rules: fromApi(Rules) }),
  remove: (client, Bucket) => client.send(new s3.DeleteBucketLifecycleCommand({ Bucket })),
});

/** In the state alone: moto 5.2.5 fails on a target bucket whose policy names a principal as text. */
export const logging: ResourceType<AwsClient> = {
  replacedBy: ["bucket"],
  create: async (_, inputs) => ({ id: bucketOf(inputs), outputs: {} }),
  read: async (_, __, state) => state,
  update: async () => undefined,
  delete: async () => undefined,
};
