// Roles as AWS reads them: what a workload may do, and who may take the role on.
import { allowStatements, bucketArn, document, objectsArn, type PolicyDocument } from "../access";
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

/** S3 itself copies objects, on behalf of this account alone. */
export const replicationTrust = (accountId: string): PolicyDocument =>
  document([
    {
      Sid: "S3Replicates",
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
  ]);

export interface ReplicationPolicyArgs {
  readonly source: string;
  readonly replica: string;
  readonly partition: string;
  /** Where the source's key is not one that names this role itself. */
  readonly keyArn?: string | undefined;
  /** S3 copies nothing out of a locked bucket for a role that can't read locks. */
  readonly locked: boolean;
}

/** Reads versions here and writes them there. */
export function replicationPolicy({ source, replica, partition, keyArn, locked }: ReplicationPolicyArgs): PolicyDocument {
  const locks = locked ? ["s3:GetObjectLegalHold", "s3:GetObjectRetention"] : [];
  const read = [...locks, "s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"];
  const write = ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"];
  const configuration = ["s3:GetReplicationConfiguration", "s3:ListBucket"];
  const context = { StringEquals: { "kms:EncryptionContext:aws:s3:arn": bucketArn(source, partition) } };
  return document([
    { Sid: "ReadSource", Effect: "Allow", Action: configuration, Resource: [bucketArn(source, partition)] },
    { Sid: "ReadVersions", Effect: "Allow", Action: read, Resource: [objectsArn(source, "", partition)] },
    { Sid: "WriteReplica", Effect: "Allow", Action: write, Resource: [objectsArn(replica, "", partition)] },
    ...(keyArn ? [{ Sid: "UseKey", Effect: "Allow", Action: ["kms:Decrypt"], Resource: [keyArn], Condition: context } as const] : []),
  ]);
}
