// Bucket policies for Hetzner Object Storage, where every key of a project owns every bucket of it: nothing has to be allowed, and all that
// is not granted has to be denied. Allow alone narrows nothing there.
import { type Access, accessOf, bucketArn, document, listAction, objectsArn, type PolicyDocument, type Statement, sid } from "../access";
import type { Grant } from "../store";

export const hetznerKey = (projectId: string, accessKeyId: string): string => `arn:aws:iam:::user/p${projectId}:${accessKeyId}`;

/** The gateway's actions on objects. NotAction is not reliable there, so what is denied is named. */
const objectActions = [
  "s3:AbortMultipartUpload",
  "s3:BypassGovernanceRetention",
  "s3:DeleteObject",
  "s3:DeleteObjectTagging",
  "s3:DeleteObjectVersion",
  "s3:DeleteObjectVersionTagging",
  "s3:GetObject",
  "s3:GetObjectAcl",
  "s3:GetObjectLegalHold",
  "s3:GetObjectRetention",
  "s3:GetObjectTagging",
  "s3:GetObjectTorrent",
  "s3:GetObjectVersion",
  "s3:GetObjectVersionAcl",
  "s3:GetObjectVersionTagging",
  "s3:GetObjectVersionTorrent",
  "s3:ListMultipartUploadParts",
  "s3:PutObject",
  "s3:PutObjectAcl",
  "s3:PutObjectLegalHold",
  "s3:PutObjectRetention",
  "s3:PutObjectTagging",
  "s3:PutObjectVersionAcl",
  "s3:PutObjectVersionTagging",
  "s3:RestoreObject",
];

/** The gateway's actions on buckets, without PutEncryptionConfiguration and PutBucketOwnershipControls: naming either fails the whole policy. */
const bucketActions = [
  "s3:CreateBucket",
  "s3:DeleteBucket",
  "s3:DeleteBucketPolicy",
  "s3:DeleteBucketWebsite",
  "s3:DeleteReplicationConfiguration",
  "s3:GetAccelerateConfiguration",
  "s3:GetBucketAcl",
  "s3:GetBucketCORS",
  "s3:GetBucketLogging",
  "s3:GetBucketNotification",
  "s3:GetBucketObjectLockConfiguration",
  "s3:GetBucketPolicy",
  "s3:GetBucketRequestPayment",
  "s3:GetBucketTagging",
  "s3:GetBucketVersioning",
  "s3:GetBucketWebsite",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
  "s3:ListBucketMultipartUploads",
  "s3:ListBucketVersions",
  "s3:PutAccelerateConfiguration",
  "s3:PutBucketAcl",
  "s3:PutBucketCORS",
  "s3:PutBucketLogging",
  "s3:PutBucketNotification",
  "s3:PutBucketObjectLockConfiguration",
  "s3:PutBucketPolicy",
  "s3:PutBucketRequestPayment",
  "s3:PutBucketTagging",
  "s3:PutBucketVersioning",
  "s3:PutBucketWebsite",
  "s3:PutLifecycleConfiguration",
  "s3:PutReplicationConfiguration",
];

export interface HetznerPolicyArgs {
  readonly bucket: string;
  readonly grants: readonly Grant[];
  readonly projectId: string;
  /** By workload. */
  readonly accessKeyIds: Readonly<Record<string, readonly string[]>>;
  readonly administratorKeyIds: readonly string[];
}

export function hetznerBucketPolicy(args: HetznerPolicyArgs): PolicyDocument {
  const { bucket, grants, projectId, accessKeyIds, administratorKeyIds } = args;
  const keysOf = (workload: string) => (accessKeyIds[workload] ?? []).map((id) => hetznerKey(projectId, id));
  const access = accessOf(grants);
  const workloads = [...new Set(access.map(({ workload }) => workload))];
  const known = [...administratorKeyIds.map((id) => hetznerKey(projectId, id)), ...workloads.flatMap(keysOf)];
  return document([
    {
      Sid: "DenyOtherKeys",
      Effect: "Deny",
      NotPrincipal: { AWS: [...new Set(known)].sort() },
      Action: "s3:*",
      Resource: [bucketArn(bucket), objectsArn(bucket)],
    },
    ...workloads.flatMap((workload) => {
      const own = access.filter((entry) => entry.workload === workload);
      return narrow(bucket, workload, keysOf(workload), own);
    }),
  ]);
}

function narrow(bucket: string, workload: string, keys: readonly string[], own: readonly Access[]): Statement[] {
  const deny = (what: string) => ({ Sid: sid(workload, what), Effect: "Deny" as const, Principal: { AWS: keys } });
  const granted = new Set(own.flatMap(({ objects }) => objects));
  const listed = own.filter(({ list }) => list).map(({ prefix }) => prefix);
  const statements: Statement[] = [
    {
      ...deny("bucket"),
      Action: bucketActions.filter((action) => action !== listAction || listed.length === 0),
      Resource: [bucketArn(bucket)],
    },
    { ...deny("objects"), Action: objectActions.filter((action) => !granted.has(action)), Resource: [objectsArn(bucket)] },
  ];
  if (listed.length > 0 && !listed.includes("")) {
    // IfExists: a listing without any prefix carries no such key, and shows everything.
    const under = listed.flatMap((prefix) => [prefix, `${prefix}*`]);
    statements.push({
      ...deny("lists elsewhere"),
      Action: [listAction],
      Resource: [bucketArn(bucket)],
      Condition: { StringNotLikeIfExists: { "s3:prefix": under } },
    });
  }
  for (const action of [...granted].sort()) {
    const prefixes = own.filter(({ objects }) => objects.includes(action)).map(({ prefix }) => prefix);
    if (prefixes.includes("")) continue;
    statements.push({
      ...deny(`${action.slice("s3:".length)} elsewhere`),
      Action: [action],
      NotResource: prefixes.map((prefix) => objectsArn(bucket, prefix)),
    });
  }
  return statements;
}
