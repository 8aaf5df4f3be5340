// Bucket policies in AWS: who may come at all, and how. What a role may do then is said on the role.
import { bucketArn, document, listAction, objectsArn, type PolicyDocument, type Statement } from "../access";

/** Everything that touches objects, but for listing them: whoever runs Pulumi needs that, since S3 asks for it at HeadBucket. */
const dataActions = [
  "s3:AbortMultipartUpload",
  "s3:DeleteObject*",
  "s3:GetObject*",
  "s3:ListBucketVersions",
  "s3:PutObject*",
  "s3:RestoreObject",
];

type Condition = NonNullable<Statement["Condition"]>;

function denies(bucket: string, partition: string) {
  const Resource = [bucketArn(bucket, partition), objectsArn(bucket, "", partition)];
  return (Sid: string, Action: string | readonly string[], Condition: Condition): Statement => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action,
    Resource,
    Condition,
  });
}

function transport(bucket: string, partition: string): Statement[] {
  const deny = denies(bucket, partition);
  return [
    deny("DenyPlainHttp", "s3:*", { Bool: { "aws:SecureTransport": "false" } }),
    deny("DenyOldTls", "s3:*", { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
  ];
}

export interface AwsBucketPolicyArgs {
  readonly bucket: string;
  readonly partition: string;
  /** The roles that hold grants, and the administrators. */
  readonly principals: readonly string[];
  /** Roles of AWS's own services that copy objects; they don't come through the VPC endpoint. */
  readonly services?: readonly string[];
  /** Who runs Pulumi: they list objects from anywhere, and touch none. */
  readonly deployers: readonly string[];
  readonly vpcEndpointId?: string;
}

const allBut = (...groups: readonly (readonly string[])[]): Condition => {
  const arns = [...new Set(groups.flat())].sort();
  return arns.length > 0 ? { ArnNotEquals: { "aws:PrincipalArn": arns } } : {};
};

/** A bucket of a workload's. */
export function awsBucketPolicy(args: AwsBucketPolicyArgs): PolicyDocument {
  const { bucket, partition, principals, services = [], deployers, vpcEndpointId } = args;
  const deny = denies(bucket, partition);
  const statements = [
    ...transport(bucket, partition),
    deny("DenyStrangers", dataActions, allBut(principals, services)),
    deny("DenyStrangersListing", listAction, allBut(principals, services, deployers)),
    deny("DenyOtherEncryption", "s3:PutObject", {
      Null: { "s3:x-amz-server-side-encryption": "false" },
      StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
    }),
  ];
  if (vpcEndpointId) {
    const elsewhere = { StringNotEquals: { "aws:SourceVpce": vpcEndpointId } };
    statements.push(deny("DenyOtherNetworks", dataActions, { ...allBut(services), ...elsewhere }));
    statements.push(deny("DenyOtherNetworksListing", listAction, { ...allBut(services, deployers), ...elsewhere }));
  }
  return document(statements);
}

export interface ServiceBucketArgs {
  readonly bucket: string;
  readonly partition: string;
  readonly accountId: string;
  readonly administrators: readonly string[];
  readonly deployers: readonly string[];
}

/** A bucket that a service of AWS writes into and administrators read. A service has no ARN, so it is told apart by being one. */
function serviceBucketPolicy(args: ServiceBucketArgs, allowed: Statement[]): PolicyDocument {
  const { bucket, partition, administrators, deployers } = args;
  const deny = denies(bucket, partition);
  const noService: Condition = { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } };
  return document([
    ...transport(bucket, partition),
    deny("DenyStrangers", dataActions, { ...noService, ...allBut(administrators) }),
    deny("DenyStrangersListing", listAction, { ...noService, ...allBut(administrators, deployers) }),
    ...allowed,
  ]);
}

/** Access logs of these buckets of the same account. */
export function logBucketPolicy(args: ServiceBucketArgs, sources: readonly string[]): PolicyDocument {
  const { bucket, partition, accountId } = args;
  const arns = sources.map((source) => bucketArn(source, partition)).sort();
  return serviceBucketPolicy(args, [
    {
      Sid: "S3WritesLogs",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: [objectsArn(bucket, "", partition)],
      Condition: { ArnEquals: { "aws:SourceArn": arns }, StringEquals: { "aws:SourceAccount": accountId } },
    },
  ]);
}

/** Events of this one trail. */
export function trailBucketPolicy(args: ServiceBucketArgs, trailArn: string): PolicyDocument {
  const { bucket, partition, accountId } = args;
  const trail = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" } } as const;
  const source = { "aws:SourceArn": trailArn };
  return serviceBucketPolicy(args, [
    {
      ...{ Sid: "CloudTrailLooks", ...trail, Action: "s3:GetBucketAcl" },
      Resource: [bucketArn(bucket, partition)],
      Condition: { StringEquals: source },
    },
    {
      ...{ Sid: "CloudTrailWrites", ...trail, Action: "s3:PutObject" },
      Resource: [objectsArn(bucket, `AWSLogs/${accountId}/`, partition)],
      Condition: { StringEquals: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ]);
}
