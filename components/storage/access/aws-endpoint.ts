// What passes a gateway endpoint to S3. Its principal must be everyone, so conditions say who comes, and names say where to.
import {
  bucketArn,
  document,
  listAction,
  listedUnder,
  objectActions,
  objectsArn,
  type PolicyDocument,
  type Statement,
  sid,
} from "../access";
import type { Action } from "../store";

/** Objects with their old versions, as whoever mends them needs it. */
const repair = [
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:GetObject",
  "s3:GetObjectTagging",
  "s3:GetObjectVersion",
  "s3:GetObjectVersionTagging",
  listAction,
  "s3:ListBucketVersions",
  "s3:PutObject",
  "s3:PutObjectTagging",
];

/** What Pulumi's provider asks for when it makes, reads, changes and deletes a bucket and its settings. */
const bucketAdministration = [
  "s3:CreateBucket",
  "s3:DeleteBucket",
  "s3:DeleteBucketPolicy",
  "s3:GetAccelerateConfiguration",
  "s3:GetBucketAcl",
  "s3:GetBucketCORS",
  "s3:GetBucketLocation",
  "s3:GetBucketLogging",
  "s3:GetBucketObjectLockConfiguration",
  "s3:GetBucketOwnershipControls",
  "s3:GetBucketPolicy",
  "s3:GetBucketPublicAccessBlock",
  "s3:GetBucketRequestPayment",
  "s3:GetBucketTagging",
  "s3:GetBucketVersioning",
  "s3:GetBucketWebsite",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetMetricsConfiguration",
  "s3:GetReplicationConfiguration",
  listAction,
  "s3:ListTagsForResource",
  "s3:PutBucketLogging",
  "s3:PutBucketObjectLockConfiguration",
  "s3:PutBucketOwnershipControls",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutBucketTagging",
  "s3:PutBucketVersioning",
  "s3:PutEncryptionConfiguration",
  "s3:PutLifecycleConfiguration",
  "s3:PutMetricsConfiguration",
  "s3:PutReplicationConfiguration",
  "s3:TagResource",
  "s3:UntagResource",
];

export interface EndpointPolicyArgs {
  readonly partition: string;
  readonly region: string;
  /** Workloads' buckets, with the roles that hold grants on them and all that is granted. */
  readonly buckets: readonly { readonly bucket: string; readonly roles: readonly string[]; readonly actions: readonly Action[] }[];
  /** Other buckets of this stack in this region: access logs, the trail. */
  readonly serviceBuckets: readonly string[];
  readonly administrators: readonly string[];
  readonly deployers: readonly string[];
  readonly imageLayers: boolean;
  readonly others: readonly { readonly bucket: string; readonly prefix?: string | undefined; readonly actions: readonly Action[] }[];
}

export function endpointPolicy(args: EndpointPolicyArgs): PolicyDocument {
  const { partition, region, buckets, serviceBuckets, administrators, deployers, imageLayers, others } = args;
  const own = buckets.map(({ bucket }) => bucket);
  const all = [...own, ...serviceBuckets];
  const roles = buckets.flatMap((entry) => entry.roles);
  const granted = buckets.flatMap((entry) => entry.actions.flatMap(namesOf));
  return document([
    ...only("Workloads", roles, granted, withObjects(own, partition)),
    ...only("Administrators", administrators, repair, withObjects(all, partition)),
    ...only("Deployers", deployers, bucketAdministration, bucketArns(all, partition)),
    ...(imageLayers ? [layersOf(region, partition)] : []),
    ...others.flatMap((other) => passes(other, partition)),
  ]);
}

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();
const namesOf = (action: Action): readonly string[] => (action === "list" ? [listAction] : objectActions[action]);
const bucketArns = (buckets: readonly string[], partition: string) => sorted(buckets).map((bucket) => bucketArn(bucket, partition));
const withObjects = (buckets: readonly string[], partition: string) => [
  ...bucketArns(buckets, partition),
  ...sorted(buckets).map((bucket) => objectsArn(bucket, "", partition)),
];

function only(Sid: string, principals: readonly string[], actions: readonly string[], Resource: readonly string[]): Statement[] {
  if (principals.length === 0 || Resource.length === 0) return [];
  const Condition = { ArnEquals: { "aws:PrincipalArn": sorted(principals) } };
  return [{ Sid, Effect: "Allow", Principal: "*", Action: sorted(actions), Resource, Condition }];
}

/** Layers come by links that ECR signs as itself, so nothing can be said about who comes. */
const layersOf = (region: string, partition: string): Statement => ({
  Sid: "ImageLayers",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: [objectsArn(`prod-${region}-starport-layer-bucket`, "", partition)],
});

function passes({ bucket, prefix = "", actions }: EndpointPolicyArgs["others"][number], partition: string): Statement[] {
  const anyone = { Effect: "Allow", Principal: "*" } as const;
  const objects = sorted(actions.filter((action) => action !== "list").flatMap(namesOf));
  const condition = listedUnder(prefix);
  const lists: Statement = {
    ...{ Sid: sid("lists", bucket, prefix), ...anyone, Action: listAction, Resource: [bucketArn(bucket, partition)] },
    ...(condition ? { Condition: condition } : {}),
  };
  return [
    ...(actions.includes("list") ? [lists] : []),
    ...(objects.length > 0
      ? [{ Sid: sid("objects", bucket, prefix), ...anyone, Action: objects, Resource: [objectsArn(bucket, prefix, partition)] }]
      : []),
  ];
}
