// One valid resource of each kind that a stack on AWS has, and that belong together.
import type { Resource } from "../../../policy/resource";
import { made, urnOf } from "./make";

const account = "123456789012";
export const keyArn = `arn:aws:kms:eu-central-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const lokiRole = `arn:aws:iam::${account}:role/loki`;
const issuer = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";

export const document = (...statements: readonly object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });

const name = "loki-chunks";
const bucketUrn = urnOf("aws:s3/bucket:Bucket", "chunks");
const onBucket = { refers: { bucket: [bucketUrn] } };
export const denyPlain = {
  Sid: "DenyPlain",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
export const lokiReads = {
  Sid: "Loki",
  Effect: "Allow",
  Principal: { AWS: lokiRole },
  Action: ["s3:GetObject"],
  Resource: [`arn:aws:s3:::${name}/*`],
};
export const identity = { Sid: "Loki", Effect: "Allow", Action: ["s3:GetObject"], Resource: [`arn:aws:s3:::${name}/*`] };
export const trust = {
  Effect: "Allow",
  Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: "system:serviceaccount:observability:loki" } },
};

export const aws: Readonly<Record<string, Resource>> = {
  bucket: made("aws:s3/bucket:Bucket", "chunks", { bucket: name, forceDestroy: false }, { protect: true }),
  encryption: made(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "chunks-encryption",
    {
      bucket: name,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
          bucketKeyEnabled: true,
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    },
    onBucket,
  ),
  versioning: made(
    "aws:s3/bucketVersioning:BucketVersioning",
    "chunks-versioning",
    { bucket: name, versioningConfiguration: { status: "Enabled" } },
    onBucket,
  ),
  lifecycle: made(
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "chunks-lifecycle",
    {
      bucket: name,
      rules: [
        { id: "abort", status: "Enabled", filter: { prefix: "" }, abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } },
        { id: "expire", status: "Enabled", filter: { prefix: "fake/" }, expiration: { days: 40 } },
        { id: "old", status: "Enabled", filter: { prefix: "" }, noncurrentVersionExpiration: { noncurrentDays: 7 } },
      ],
    },
    onBucket,
  ),
  publicAccess: made(
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "chunks-public",
    { bucket: name, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    onBucket,
  ),
  ownership: made(
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "chunks-ownership",
    { bucket: name, rule: { objectOwnership: "BucketOwnerEnforced" } },
    onBucket,
  ),
  bucketPolicy: made(
    "aws:s3/bucketPolicy:BucketPolicy",
    "chunks-policy",
    { bucket: name, policy: document(denyPlain, lokiReads) },
    onBucket,
  ),
  replication: made(
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    "chunks-replica",
    {
      bucket: name,
      rules: [
        {
          status: "Enabled",
          destination: { bucket: "arn:aws:s3:::copy", encryptionConfiguration: { replicaKmsKeyId: keyArn } },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
        },
      ],
    },
    onBucket,
  ),
  key: made(
    "aws:kms/key:Key",
    "chunks-key",
    {
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: document({ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" }),
    },
    { protect: true },
  ),
  role: made("aws:iam/role:Role", "loki", { name: "loki", assumeRolePolicy: document(trust) }),
  rolePolicy: made("aws:iam/rolePolicy:RolePolicy", "loki-policy", { role: "loki", policy: document(identity) }),
  association: made("aws:eks/podIdentityAssociation:PodIdentityAssociation", "tempo", {
    clusterName: "prod",
    namespace: "observability",
    serviceAccount: "tempo",
    roleArn: `arn:aws:iam::${account}:role/tempo`,
  }),
  trail: made("aws:cloudtrail/trail:Trail", "trail", { s3BucketName: "trail", kmsKeyId: keyArn, enableLogFileValidation: true }),
  endpoint: made("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", {
    vpcId: "vpc-0123456789abcdef0",
    serviceName: "com.amazonaws.eu-central-1.s3",
    policy: document(
      { ...lokiReads, Principal: "*", Condition: { ArnEquals: { "aws:PrincipalArn": lokiRole } } },
      {
        Sid: "ImageLayers",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*",
      },
    ),
  }),
  provider: made("pulumi:providers:aws", "aws", { region: "eu-central-1" }),
};
