// Encryption and closure of buckets on AWS, whose settings are separate resources.
import { type Bucket, bucketAt, bucketsOf, logTargets, part } from "../readers/buckets";
import { at, isGiven, list, peek, text } from "../readers/values";
import type { Graph, Resource } from "../resource";
import type { ResourceRule, StackRule } from "../rule";

const awsBuckets = (graph: Graph): Resource[] =>
  bucketsOf(graph)
    .filter(({ store }) => store === "aws")
    .map(({ resource }) => resource);

const bucketRule = (
  about: Omit<StackRule, "scope" | "subjects" | "check">,
  judge: (bucket: Bucket, graph: Graph) => Iterable<string>,
): StackRule => ({
  ...about,
  scope: "stack",
  subjects: awsBuckets,
  *check(resource, graph) {
    const bucket = bucketAt(graph, resource);
    if (bucket) yield* judge(bucket, graph);
  },
});

/** The rules of the bucket's encryption, separate or inline. */
function encryptionRules(bucket: Bucket): readonly unknown[] {
  const separate = bucket.part("encryption");
  if (separate.length > 0) return separate.flatMap(({ props }) => list(at(props, "rules")));
  const inline = at(bucket.resource.props, "serverSideEncryptionConfiguration.rule");
  return inline === undefined ? [] : [inline];
}

export const customerKey = bucketRule(
  {
    id: "s3-customer-key",
    group: "encryption",
    severity: "high",
    level: "mandatory",
    demands: "Buckets on AWS are encrypted by default with a customer's KMS key.",
    reason: "With a key of one's own, access can be seen, narrowed and withdrawn; with AWS's it comes with the bucket.",
    fix: "Add a BucketServerSideEncryptionConfiguration with aws:kms and kmsMasterKeyId. A bucket that takes access logs can only have AES256.",
    names: { checkov: ["CKV_AWS_19", "CKV_AWS_145"] },
  },
  function* (bucket, graph) {
    const rules = encryptionRules(bucket);
    const takesLogs = logTargets(graph).has(bucket.resource.urn);
    if (rules.length === 0) yield "it has no default encryption";
    for (const rule of rules) {
      const algorithm = text(at(rule, "applyServerSideEncryptionByDefault.sseAlgorithm"));
      if (takesLogs && algorithm === "AES256") continue;
      if (algorithm !== "aws:kms" && algorithm !== "aws:kms:dsse") yield `its default encryption is ${algorithm ?? "left out"}`;
      else if (keyIsMissing(rule)) yield "its default encryption names no key, which means the one that AWS keeps for the account";
    }
  },
);

/** A key that the same program makes is unknown until then, but that it is given is known. */
function keyIsMissing(rule: unknown): boolean {
  const path = "applyServerSideEncryptionByDefault.kmsMasterKeyId";
  return !isGiven(rule, path) || String(peek(rule, path)).includes("alias/aws/");
}

export const bucketKey = bucketRule(
  {
    id: "s3-bucket-key",
    group: "encryption",
    severity: "low",
    level: "mandatory",
    demands: "Buckets that a KMS key encrypts use a bucket key.",
    reason: "Without one every object of Loki and Tempo costs a call to KMS, and throttling there stops writing.",
    fix: "Set bucketKeyEnabled: true.",
  },
  function* (bucket) {
    for (const rule of encryptionRules(bucket)) {
      const algorithm = text(at(rule, "applyServerSideEncryptionByDefault.sseAlgorithm")) ?? "";
      if (algorithm.startsWith("aws:kms") && at(rule, "bucketKeyEnabled") !== true) yield "bucketKeyEnabled is not true";
    }
  },
);

export const sseCustomerBlocked = bucketRule(
  {
    id: "s3-sse-c-blocked",
    group: "encryption",
    severity: "medium",
    level: "mandatory",
    demands: "Buckets on AWS refuse SSE-C.",
    reason: "Whoever may write could encrypt the objects with a key that only they have, and ask for ransom.",
    fix: 'Set blockedEncryptionTypes: ["SSE-C"].',
  },
  function* (bucket) {
    for (const rule of encryptionRules(bucket)) {
      if (!list(at(rule, "blockedEncryptionTypes")).includes("SSE-C")) yield "blockedEncryptionTypes does not hold SSE-C";
    }
  },
);

export const publicAccessBlocked = bucketRule(
  {
    id: "s3-public-access-blocked",
    group: "least privilege",
    severity: "critical",
    level: "mandatory",
    demands: "Buckets on AWS block public access in all four ways.",
    reason: "One forgotten flag lets a later ACL or policy open the logs to the world.",
    fix: "Add a BucketPublicAccessBlock with all four flags true.",
    names: { fsbp: ["S3.8"], cis: ["2.1.4"], checkov: ["CKV2_AWS_6", "CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56"] },
  },
  function* (bucket) {
    const blocks = bucket.part("publicAccess");
    if (blocks.length === 0) yield "it has no public access block";
    for (const { props } of blocks) {
      for (const flag of ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"]) {
        if (at(props, flag) !== true) yield `${flag} is not true`;
      }
    }
  },
);

export const ownerEnforced = bucketRule(
  {
    id: "s3-owner-enforced",
    group: "least privilege",
    severity: "medium",
    level: "mandatory",
    demands: "Buckets on AWS switch access control lists off.",
    reason: "An object's ACL can open it past every policy, and who writes it would own it.",
    fix: "Add BucketOwnershipControls with BucketOwnerEnforced, and no BucketAcl.",
    names: { fsbp: ["S3.12"], checkov: ["CKV2_AWS_65", "CKV_AWS_20", "CKV_AWS_57"] },
  },
  function* (bucket) {
    const controls = bucket.part("ownership");
    if (!controls.some(({ props }) => at(props, "rule.objectOwnership") === "BucketOwnerEnforced"))
      yield "its object ownership is not BucketOwnerEnforced";
    for (const acl of bucket.part("acl")) yield `${acl.name} sets an access control list`;
  },
);

export const versioned = bucketRule(
  {
    id: "s3-versioned",
    group: "data safety",
    severity: "medium",
    level: "mandatory",
    demands: "Buckets on AWS that hold data are versioned.",
    reason: "A deleted or overwritten chunk can be brought back until its old version expires.",
    fix: "Add BucketVersioning with status Enabled, and expire noncurrent versions.",
    names: { checkov: ["CKV_AWS_21"] },
  },
  function* (bucket, graph) {
    if (!bucket.versioned() && !logTargets(graph).has(bucket.resource.urn)) yield "versioning is not enabled";
  },
);

export const replicaEncrypted: ResourceRule = {
  id: "s3-replica-encrypted",
  group: "encryption",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  type: part.replication,
  demands: "Replicas are encrypted with a key of their own region, and encrypted objects are replicated at all.",
  reason: "Without replicaKmsKeyId S3 skips every object that KMS encrypted: the replica stays empty and nobody notices.",
  fix: "Set destination.encryptionConfiguration.replicaKmsKeyId and sourceSelectionCriteria.sseKmsEncryptedObjects.status: Enabled.",
  *check({ props }) {
    for (const [i, rule] of list(at(props, "rules")).entries()) {
      if (!isGiven(rule, "destination.encryptionConfiguration.replicaKmsKeyId")) yield `rules[${i}] names no replicaKmsKeyId`;
      if (at(rule, "sourceSelectionCriteria.sseKmsEncryptedObjects.status") !== "Enabled")
        yield `rules[${i}] does not replicate encrypted objects`;
    }
  },
};
