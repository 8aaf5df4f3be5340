// Does on a real gateway what Rook does in a cluster: makes the users and buckets that a stack asks for, with the stack's own policies.
import {
  CreateBucketCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { PreviewResult } from "../../support/preview";
import type { Ceph, Keys } from "../servers";
import { s3 } from "./s3";

interface Claim {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly bucketName?: string;
    readonly additionalConfig: { readonly bucketOwner: string; readonly bucketPolicy?: string; readonly bucketLifecycle?: string };
  };
}

export interface CephStack {
  /** By what each bucket is for: `loki-chunks`. */
  readonly buckets: ReadonlyMap<string, string>;
  readonly owner: S3Client;
  /** The keys of a user that a policy names: `granary-dev-loki`. */
  keys(uid: string): Promise<Keys>;
}

const claimType = "kubernetes:objectbucket.io/v1alpha1:ObjectBucketClaim";

export async function makeCephStack(store: Ceph, stack: PreviewResult): Promise<CephStack> {
  const claims = stack.ofType(claimType).map(({ name, inputs }) => ({ name, ...(inputs as unknown as Claim) }));
  const [owner, ...others] = new Set(claims.map(({ spec }) => spec.additionalConfig.bucketOwner));
  if (!owner || others.length > 0) throw new Error(`expected one owner of all buckets, found ${[owner, ...others].join(", ")}`);
  const users = stack
    .ofType("kubernetes:ceph.rook.io/v1:CephObjectStoreUser")
    .map(({ inputs }) => (inputs.metadata as { name: string }).name);
  for (const uid of users) await store.user(uid);
  const client = s3(store.tlsEndpoint, await store.user(owner), { ca: store.ca });
  const buckets = new Map<string, string>();
  for (const { name, metadata, spec } of claims) {
    const Bucket = spec.bucketName ?? metadata.name;
    const { bucketPolicy, bucketLifecycle } = spec.additionalConfig;
    await client.send(new CreateBucketCommand({ Bucket }));
    if (bucketPolicy) await client.send(new PutBucketPolicyCommand({ Bucket, Policy: bucketPolicy }));
    if (bucketLifecycle) {
      const LifecycleConfiguration = JSON.parse(bucketLifecycle) as { Rules: LifecycleRule[] };
      await client.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
    }
    buckets.set(purposeOf(name), Bucket);
  }
  return { buckets, owner: client, keys: (uid) => store.user(uid) };
}

/** A claim's name in the program is `…-store-<purpose>-claim`. */
const purposeOf = (name: string) => name.replace(/^.*-store-/, "").replace(/-claim$/, "");
