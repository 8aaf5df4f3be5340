// Written by `npm run crds` from rook-v1.20.6 (objectbucket.io/v1alpha1). Do not edit.
export interface ObjectBucketClaimSpec {
  storageClassName?: string;
  bucketName?: string;
  generateBucketName?: string;
  additionalConfig?: {
    [k: string]: unknown;
  };
  objectBucketName?: string;
}
