// An ObjectBucketClaim's specification: bucket, owner, policy and rules in one.
import type { ObjectBucketClaimSpec } from "../../kubernetes/generated/ObjectBucketClaim.gen";
import { render } from "../access";
import { rgwBucketPolicy, rgwUser } from "../access/rgw";
import { rulesFor, s3Lifecycle } from "../lifecycle";
import type { BucketSpec, Grant } from "../store";
import type { RookCephConfig } from "./object-store";

export interface ClaimArgs {
  readonly bucket: string;
  readonly spec: BucketSpec;
  readonly grants: readonly Grant[];
  readonly storage: RookCephConfig;
}

export const ownerUid = (prefix: string): string => `${prefix}-owner`;
export const workloadUid = (prefix: string, workload: string): string => `${prefix}-${workload}`;

/** A class's reclaim policy can't be changed, so each policy has a class of its own. */
export const storageClassName = ({ bucketPrefix, onDestroy }: Pick<RookCephConfig, "bucketPrefix" | "onDestroy">): string =>
  onDestroy === "keep-all-data" ? `${bucketPrefix}-buckets` : `${bucketPrefix}-buckets-delete`;

/** A field that is left out would be deleted on the bucket, so both documents are always there. */
export function claimSpec({ bucket, spec, grants, storage }: ClaimArgs): ObjectBucketClaimSpec {
  const { bucketPrefix, objectStore, quotas } = storage;
  const quota = quotas[spec.purpose];
  const policy = rgwBucketPolicy({
    bucket,
    grants,
    principalOf: (workload) => [rgwUser(workloadUid(bucketPrefix, workload))],
    tls: objectStore.gateway.tls !== undefined,
  });
  // A claim has no field for versioning, so there are no old versions to expire.
  const rules = rulesFor(spec, { ...storage, versioning: false });
  return {
    bucketName: bucket,
    storageClassName: storageClassName(storage),
    additionalConfig: {
      ...(quota?.maxObjects ? { bucketMaxObjects: `${quota.maxObjects}` } : {}),
      ...(quota?.maxSize ? { bucketMaxSize: `${quota.maxSize.bytes}` } : {}),
      bucketLifecycle: JSON.stringify(s3Lifecycle(rules)),
      bucketOwner: ownerUid(bucketPrefix),
      bucketPolicy: render(policy),
    },
  };
}
