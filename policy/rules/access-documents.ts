// Least privilege in every access policy that a resource carries, whatever store will read it.
import { type DocumentKind, documentsOf, type FoundDocument } from "../readers/document-sources";
import { hasWildcard, isEveryone, looseness, type Statement } from "../readers/documents";
import type { Resource } from "../resource";
import type { ResourceRule } from "../rule";

const everyKind: readonly DocumentKind[] = ["identity", "bucket", "trust", "key", "endpoint", "topic"];

function* statements(resource: Resource, kinds: readonly DocumentKind[] = everyKind): Generator<[Statement, FoundDocument]> {
  for (const document of documentsOf(resource)) {
    if (kinds.includes(document.kind)) for (const statement of document.statements) yield [statement, document];
  }
}

export const documentValid: ResourceRule = {
  id: "access-document-valid",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  demands: "Access policies are well-formed, say one thing to every reader and fit the store's limits.",
  reason:
    "A document that two readers take differently grants what nobody reviewed, and one that is refused leaves a bucket without its policy.",
  fix: "Write it as JSON with each key once, known elements only, Version 2012-10-17, and below the limit of its kind.",
  *check(resource) {
    for (const document of documentsOf(resource)) for (const problem of document.problems) yield `${document.path} ${problem}`;
  },
};

export const noWildcardAction: ResourceRule = {
  id: "access-no-wildcard-action",
  group: "least privilege",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  demands: "No access policy allows an action by wildcard.",
  reason:
    "A wildcard grows: s3:Get* also reads policies and configuration, s3:* also deletes the bucket, and both take in every action that the store adds.",
  fix: "Name the actions: s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket are all that Loki needs.",
  names: { checkov: ["CKV_AWS_62", "CKV_AWS_63", "CKV_AWS_355"], fsbp: ["IAM.1", "IAM.21"] },
  *check(resource) {
    for (const [statement, document] of statements(resource)) {
      if (!statement.allows || isAccountsOwnKey(statement, document)) continue;
      for (const action of statement.actions) {
        if (hasWildcard(action)) yield `${document.path}: ${statement.label} allows ${action}`;
      }
    }
  },
};

/** A KMS key must let its account administer it, or nobody can; the account's own policies decide from there. */
const isAccountsOwnKey = (statement: Statement, document: FoundDocument): boolean =>
  document.kind === "key" && statement.principals.length > 0 && statement.principals.every(isAccountRoot);

const isAccountRoot = ({ kind, id }: { kind: string; id: string }): boolean =>
  kind === "AWS" && (/^\d{12}$/.test(id) || /^arn:[\w-]+:iam::\d{12}:root$/.test(id));

export const noWildcardResource: ResourceRule = {
  id: "access-no-wildcard-resource",
  group: "least privilege",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  demands: "No access policy allows actions on resources that it does not name.",
  reason: "A star in the place of a bucket's or key's name reaches the buckets and keys of everyone else in the account.",
  fix: "Name the bucket and, where the workload has one, its prefix: arn:aws:s3:::bucket/prefix/*.",
  names: { checkov: ["CKV_AWS_290", "CKV_AWS_355", "CKV_AWS_356"] },
  *check(resource) {
    // In a key's own policy "*" is that key, in a trust policy there is no resource.
    for (const [statement, document] of statements(resource, ["identity", "bucket", "endpoint", "topic"])) {
      if (!statement.allows || statement.actions.every((action) => withoutResources.has(action))) continue;
      for (const pattern of statement.resources) {
        if (reachesOthers(pattern)) yield `${document.path}: ${statement.label} allows its actions on ${pattern}`;
      }
    }
  },
};

/** Actions that have no resource to name. */
const withoutResources = new Set([
  "s3:listallmybuckets",
  "sts:getcalleridentity",
  "cloudwatch:putmetricdata",
  "kms:generaterandom",
  "kms:listaliases",
  "ecr:getauthorizationtoken",
]);

function reachesOthers(pattern: string): boolean {
  if (!hasWildcard(pattern)) return false;
  const [, partition = "", service = "", region = "", account = "", ...rest] = pattern.split(":");
  if (hasWildcard(partition) || hasWildcard(service) || hasWildcard(region) || hasWildcard(account) || rest.length === 0) return true;
  const [name = "", ...below] = rest.join(":").split(/[/:]/);
  if (service === "s3") return hasWildcard(name);
  // `log-group:/granary/*` names what it reaches; `key/*` and `secret:*` do not.
  return hasWildcard(name) || !/[a-z0-9-]{3,}/i.test(below.join("/").split(/[*?]/, 1)[0] ?? "");
}

export const noInverseAllow: ResourceRule = {
  id: "access-no-inverse-allow",
  group: "least privilege",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  demands: "No Allow uses NotAction, NotResource or NotPrincipal.",
  reason: "Such a statement allows everything that it does not list, including what does not exist yet.",
  fix: "List what is allowed. In a Deny the same elements are fine.",
  *check(resource) {
    for (const [statement, document] of statements(resource)) {
      if (!statement.allows) continue;
      for (const element of statement.inversions) yield `${document.path}: ${statement.label} allows by ${element}`;
    }
  },
};

export const namedPrincipals: ResourceRule = {
  id: "access-named-principals",
  group: "least privilege",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  demands: "Bucket, key and topic policies allow named principals only.",
  reason: "A star as principal is the whole world, and most conditions that seem to narrow it are also true where their key is absent.",
  fix: "Name the role or user. Where a condition must do it, hold aws:PrincipalArn to full ARNs with ArnEquals or StringEquals.",
  names: { fsbp: ["S3.2", "S3.3", "S3.6"], checkov: ["CKV_AWS_70", "CKV_AWS_33"], cis: ["2.1.4"] },
  *check(resource) {
    for (const [statement, document] of statements(resource, ["bucket", "key", "topic"])) {
      if (!statement.allows) continue;
      if (statement.principals.length === 0 && !statement.inversions.includes("NotPrincipal")) {
        yield `${document.path}: ${statement.label} names no principal`;
      }
      const everyone = statement.principals.find(isEveryone);
      if (!everyone) continue;
      const loose = looseness(statement.conditions, "aws:PrincipalArn");
      if (loose) yield `${document.path}: ${statement.label} allows everyone ("${everyone.id}"): ${loose}`;
    }
  },
};

/** Actions on the bucket itself: with any of them a workload can grant itself, or lose, everything else. */
const administration = new Set(
  [
    "PutBucketPolicy DeleteBucketPolicy PutBucketAcl PutObjectAcl PutLifecycleConfiguration DeleteBucket PutBucketVersioning",
    "PutEncryptionConfiguration PutReplicationConfiguration PutBucketPublicAccessBlock PutBucketOwnershipControls PutBucketObjectLockConfiguration",
    "PutBucketLogging PutBucketNotification DeleteObjectVersion BypassGovernanceRetention CreateBucket",
  ]
    .join(" ")
    .split(" ")
    .map((name) => `s3:${name.toLowerCase()}`)
    .concat(
      "iam:passrole",
      "iam:putrolepolicy",
      "iam:attachrolepolicy",
      "kms:createGrant".toLowerCase(),
      "kms:putkeypolicy",
      "kms:schedulekeydeletion",
    ),
);

export const noBucketAdministration: ResourceRule = {
  id: "access-no-bucket-administration",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  demands: "Workloads read, write, delete and list objects; no policy lets them administer the bucket or its key.",
  reason: "Who may change a bucket's policy, lifecycle or versioning can read and destroy everything in it.",
  fix: "Leave administration to the program that runs Granary; remove the action from the workload's policy.",
  *check(resource) {
    for (const [statement, document] of statements(resource, ["identity", "bucket"])) {
      if (!statement.allows) continue;
      for (const action of statement.actions) {
        if (administration.has(action)) yield `${document.path}: ${statement.label} allows ${action}`;
      }
    }
  },
};
