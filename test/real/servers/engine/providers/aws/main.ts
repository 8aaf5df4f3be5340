// A stand-in for the provider `aws`, which no package registry has: it computes what the real one computes and calls a simulator of AWS.
import { packageVersion } from "../../package-version";
import { serveStandIn } from "../provider";
import { bucket } from "./bucket";
import * as settings from "./bucket-settings";
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
    "aws:s3/bucket:Bucket": bucket,
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": settings.lifecycle,
    "aws:s3/bucketLogging:BucketLogging": settings.logging,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": settings.ownership,
    "aws:s3/bucketPolicy:BucketPolicy": settings.policy,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": settings.publicAccessBlock,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": settings.encryption,
    "aws:s3/bucketVersioning:BucketVersioning": settings.versioning,
  },
  configure: awsClient,
});
