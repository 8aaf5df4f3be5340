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
    ...united(
      workloads.map((workload) => {
        const own = access.filter((entry) => entry.workload === workload);
        return { workload, keys: keysOf(workload), denials: narrow(bucket, own) };
      }),
    ),
  ]);
}

/** What is denied, but not yet to whom. */
type Denial = Pick<Statement, "Action" | "Resource" | "NotResource" | "Condition"> & { readonly what: string };

interface Narrowed {
  readonly workload: string;
  readonly keys: readonly string[];
  readonly denials: readonly Denial[];
}

/** One statement for all workloads that are denied the same: the gateway takes 20 KiB. */
function united(all: readonly Narrowed[]): Statement[] {
  const groups = new Map<string, { denial: Denial; workloads: string[]; keys: string[] }>();
  for (const { workload, keys, denials } of all) {
    for (const denial of denials) {
      const id = JSON.stringify(denial);
      const group = groups.get(id) ?? { denial, workloads: [], keys: [] };
      group.workloads.push(workload);
      group.keys.push(...keys);
      groups.set(id, group);
    }
  }
  return [...groups.values()].map(({ denial: { what, ...denied }, workloads, keys }) => ({
    Sid: sid(...workloads, what),
    Effect: "Deny",
    Principal: { AWS: keys },
    ...denied,
  }));
}

function narrow(bucket: string, own: readonly Access[]): Denial[] {
  const granted = new Set(own.flatMap(({ objects }) => objects));
  const listed = own.filter(({ list }) => list).map(({ prefix }) => prefix);
  const denials: Denial[] = [
    {
      what: "bucket",
      Action: bucketActions.filter((action) => action !== listAction || listed.length === 0),
      Resource: [bucketArn(bucket)],
    },
    { what: "objects", Action: objectActions.filter((action) => !granted.has(action)), Resource: [objectsArn(bucket)] },
  ];
  if (listed.length > 0 && !listed.includes("")) {
    // IfExists: a listing without any prefix carries no such key, and shows everything.
    const under = listed.flatMap((prefix) => [prefix, `${prefix}*`]);
    const Condition = { StringNotLikeIfExists: { "s3:prefix": under } };
    denials.push({ what: "lists elsewhere", Action: [listAction], Resource: [bucketArn(bucket)], Condition });
  }
  for (const action of [...granted].sort()) {
    const prefixes = own.filter(({ objects }) => objects.includes(action)).map(({ prefix }) => prefix);
    if (prefixes.includes("")) continue;
    const NotResource = prefixes.map((prefix) => objectsArn(bucket, prefix));
    denials.push({ what: `${action.slice("s3:".length)} elsewhere`, Action: [action], NotResource });
  }
  return denials;
}
