// What Rook's operator does with the resources of a stack, done to a Ceph gateway with the very documents that the stack holds.
import {
  CreateBucketCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { ReportedResource } from "../../../preview/report/report";
import type { Ceph, Keys } from "../servers";
import { s3 } from "./s3";

interface User {
  metadata: { name: string };
  spec: { keys?: unknown[]; quotas?: { maxBuckets?: number } };
}

interface Claim {
  spec: { bucketName: string; additionalConfig: { bucketOwner: string; bucketPolicy: string; bucketLifecycle: string } };
}

const of = <Inputs>(resources: readonly ReportedResource[], kind: string): Inputs[] =>
  resources.filter(({ type }) => type.endsWith(`:${kind}`)).map(({ inputs }) => inputs as Inputs);

/** Users first, then claims, as their dependencies say. Returns the keys by user id. */
export async function applyRook(store: Ceph, resources: readonly ReportedResource[]): Promise<Record<string, Keys>> {
  const users: Record<string, Keys> = {};
  for (const { metadata, spec } of of<User>(resources, "CephObjectStoreUser")) {
    users[metadata.name] = await store.user(metadata.name);
    const most = spec.quotas?.maxBuckets;
    if (most !== undefined) await store.admin("user", "modify", "--uid", metadata.name, `--max-buckets=${most}`);
  }
  for (const { spec } of of<Claim>(resources, "ObjectBucketClaim")) {
    const { bucketOwner, bucketPolicy, bucketLifecycle } = spec.additionalConfig;
    const owner = users[bucketOwner];
    if (!owner) throw new Error(`the owner ${bucketOwner} of ${spec.bucketName} is not among the users`);
    // Rook reaches the gateway as clients do; where the policy asks for TLS, so must the owner.
    const client = secureS3(store, owner);
    const Bucket = spec.bucketName;
    await client.send(new CreateBucketCommand({ Bucket }));
    await client.send(new PutBucketPolicyCommand({ Bucket, Policy: bucketPolicy }));
    const { Rules } = JSON.parse(bucketLifecycle) as { Rules: LifecycleRule[] };
    await client.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
  }
  return users;
}

export const secureS3 = (store: Ceph, credentials: Keys): S3Client => s3(store.tlsEndpoint, credentials, { ca: store.ca });

export const plainS3 = (store: Ceph, credentials: Keys): S3Client => s3(store.endpoint, credentials);
