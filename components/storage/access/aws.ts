// Policies as AWS reads them: on the role what it may do, on the bucket who may come at all and how, on the key who may use it.
import { allowStatements, bucketArn, document, objectsArn, type PolicyDocument, type Statement } from "../access";
import type { Grant, Workload } from "../store";

export const partitionOf = (region: string): string => {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
};

/** What one workload may do in one bucket, as a policy on its role. */
export function rolePolicy(bucket: string, grants: readonly Grant[], partition: string, keyArn?: string): PolicyDocument {
  const statements = allowStatements(bucket, grants, undefined, partition);
  if (!keyArn) return document(statements);
  const Action = ["kms:Decrypt", "kms:GenerateDataKey"];
  const Condition = { StringEquals: { "kms:EncryptionContext:aws:s3:arn": bucketArn(bucket, partition) } };
  return document([...statements, { Sid: "UseKey", Effect: "Allow", Action, Resource: [keyArn], Condition }]);
}

/** IRSA: the cluster's tokens, pinned to these service accounts and to this audience. */
export function irsaTrust(provider: { arn: string; issuer: string; audience: string }, workload: Workload): PolicyDocument {
  const { arn, issuer, audience } = provider;
  const subjects = workload.serviceAccounts.map((account) => `system:serviceaccount:${workload.namespace}:${account}`).sort();
  return document([
    {
      Sid: "ServiceAccounts",
      Effect: "Allow",
      Principal: { Federated: arn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subjects } },
    },
  ]);
}

/** EKS Pod Identity: the service of this cluster, for these service accounts. */
export function podIdentityTrust(clusterArn: string, accountId: string, workload: Workload): PolicyDocument {
  return document([
    {
      Sid: "Pods",
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        ArnEquals: { "aws:SourceArn": clusterArn },
        StringEquals: {
          "aws:RequestTag/kubernetes-namespace": workload.namespace,
          "aws:RequestTag/kubernetes-service-account": [...workload.serviceAccounts].sort(),
          "aws:SourceAccount": accountId,
        },
      },
    },
  ]);
}

/** Everything that touches what objects hold or are called. */
const dataActions = [
  "s3:AbortMultipartUpload",
  "s3:DeleteObject*",
  "s3:GetObject*",
  "s3:ListBucket",
  "s3:ListBucketVersions",
  "s3:PutObject*",
  "s3:RestoreObject",
];

export interface AwsBucketPolicyArgs {
  readonly bucket: string;
  readonly partition: string;
  /** The roles that hold grants, and the administrators. */
  readonly principals: readonly string[];
  /** Roles of AWS's own services that copy objects; they don't come through the VPC endpoint. */
  readonly services?: readonly string[];
  readonly vpcEndpointId?: string;
}

export function awsBucketPolicy(args: AwsBucketPolicyArgs): PolicyDocument {
  const { bucket, partition, principals, services = [], vpcEndpointId } = args;
  const everything = [bucketArn(bucket, partition), objectsArn(bucket, "", partition)];
  const deny = (Sid: string, Action: string | readonly string[], Condition: NonNullable<Statement["Condition"]>): Statement => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action,
    Resource: everything,
    Condition,
  });
  const statements = [
    deny("DenyPlainHttp", "s3:*", { Bool: { "aws:SecureTransport": "false" } }),
    deny("DenyOldTls", "s3:*", { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
    deny("DenyStrangers", dataActions, { ArnNotEquals: { "aws:PrincipalArn": [...principals, ...services].sort() } }),
    deny("DenyOtherEncryption", "s3:PutObject", {
      Null: { "s3:x-amz-server-side-encryption": "false" },
      StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
    }),
  ];
  if (vpcEndpointId) {
    const elsewhere = { StringNotEquals: { "aws:SourceVpce": vpcEndpointId } };
    const exceptServices = services.length > 0 ? { ArnNotEquals: { "aws:PrincipalArn": [...services].sort() } } : {};
    statements.push(deny("DenyOtherNetworks", dataActions, { ...exceptServices, ...elsewhere }));
  }
  return document(statements);
}

/** Managing a key is the account's business; reading with it is not. */
const keyAdministration = [
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
}

/** The roles use the key through S3 alone, and for this bucket alone. */
export function keyPolicy({ bucket, partition, region, accountId, principals }: KeyPolicyArgs): PolicyDocument {
  const administer: Statement = {
    Sid: "AccountAdministersKey",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: keyAdministration,
    Resource: "*",
  };
  if (principals.length === 0) return document([administer]);
  return document([
    administer,
    {
      Sid: "RolesUseKeyThroughS3",
      Effect: "Allow",
      Principal: { AWS: [...principals].sort() },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: {
        StringEquals: {
          "kms:EncryptionContext:aws:s3:arn": bucketArn(bucket, partition),
          "kms:ViaService": `s3.${region}.amazonaws.com`,
        },
      },
    },
  ]);
}
