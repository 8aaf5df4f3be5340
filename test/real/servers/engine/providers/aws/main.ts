// A stand-in for the provider `aws`, which no package registry has: it computes what the real one computes and calls a simulator of AWS.
import { packageVersion } from "../../package-version";
import { serveStandIn } from "../provider";
import * as buckets from "./buckets";
import { awsClient } from "./client";
import * as identity from "./identity";

void serveStandIn({
  name: "aws",
  version: packageVersion("aws"),
  types: {
    "aws:iam/role:Role": identity.role,
    "aws:iam/rolePolicy:RolePolicy": identity.rolePolicy,
    "aws:kms/alias:Alias": identity.alias,
    "aws:kms/key:Key": identity.key,
    "aws:s3/bucket:Bucket": buckets.bucket,
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": buckets.lifecycle,
    "aws:s3/bucketLogging:BucketLogging": buckets.logging,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": buckets.ownership,
    "aws:s3/bucketPolicy:BucketPolicy": buckets.policy,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": buckets.publicAccessBlock,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": buckets.encryption,
    "aws:s3/bucketVersioning:BucketVersioning": buckets.versioning,
  },
  configure: awsClient,
});
