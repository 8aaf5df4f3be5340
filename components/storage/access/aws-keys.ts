// Key policies in AWS: the account manages a key, and only those who are named here use it.
import { bucketArn, document, type PolicyDocument, type Statement } from "../access";

/** Managing a key is the account's business; reading with it is not. */
const administration = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListAliases",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

export interface KeyPolicyArgs {
  readonly bucket: string;
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly principals: readonly string[];
  /** Roles of services that copy objects. */
  readonly services?: readonly string[];
}

const administer = (partition: string, accountId: string): Statement => ({
  Sid: "AccountAdministersKey",
  Effect: "Allow",
  Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
  Action: administration,
  Resource: "*",
});

/** The principals use the key through S3 alone, and for this bucket alone. */
export function keyPolicy({ bucket, partition, region, accountId, principals, services = [] }: KeyPolicyArgs): PolicyDocument {
  const Condition = {
    StringEquals: {
      "kms:EncryptionContext:aws:s3:arn": bucketArn(bucket, partition),
      "kms:ViaService": `s3.${region}.amazonaws.com`,
    },
  };
  const use = (Sid: string, arns: readonly string[], Action: string[]): Statement[] =>
    arns.length === 0 ? [] : [{ Sid, Effect: "Allow", Principal: { AWS: [...arns].sort() }, Action, Resource: "*", Condition }];
  return document([
    administer(partition, accountId),
    ...use("RolesUseKeyThroughS3", principals, ["kms:Decrypt", "kms:GenerateDataKey"]),
    ...use("S3CopiesWithKey", services, ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]),
  ]);
}

/** CloudTrail encrypts the events of this trail; administrators read them through S3. With a bucket key the encryption's context is the bucket's, not the trail's. */
export function trailKeyPolicy({ partition, region, accountId, principals }: KeyPolicyArgs, trailArn: string): PolicyDocument {
  const encrypts: Statement = {
    Sid: "CloudTrailEncrypts",
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: { StringEquals: { "aws:SourceArn": trailArn } },
  };
  const reads: Statement = {
    Sid: "AdministratorsRead",
    Effect: "Allow",
    Principal: { AWS: [...principals].sort() },
    Action: ["kms:Decrypt"],
    Resource: "*",
    Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
  };
  return document([administer(partition, accountId), encrypts, ...(principals.length > 0 ? [reads] : [])]);
}
