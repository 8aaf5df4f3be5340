// What would be kept readable.
import type { Properties } from "../../../preview/wire/values";
import { both, type Edit, json, replace, set, unset } from "../edit";
import type { Mutation } from "../harness";
import { notLocal, types } from "./types";

const isDefault = "rules.0.applyServerSideEncryptionByDefault";
const kept = { type: types.encryption, name: /loki|tempo/ };
const cephTls = (path: string) => replace(path, '"BoolIfExists":{"aws:SecureTransport"', '"Bool":{"aws:SecureTransport"');
const plain = 'DenyPlainHttp","Effect":"Deny"';

const withoutDeny: Edit = (document) => {
  document.Statement = (document.Statement as Properties[]).filter(({ Effect }) => Effect === "Allow");
};

const buckets: readonly Mutation[] = [
  { rule: "s3-customer-key", what: "default encryption is taken away", at: kept, removed: true },
  { rule: "s3-customer-key", what: "default encryption becomes AES256", at: kept, edit: set(`${isDefault}.sseAlgorithm`, "AES256") },
  { rule: "s3-customer-key", what: "default encryption names no key", at: kept, edit: unset(`${isDefault}.kmsMasterKeyId`) },
  {
    rule: "s3-customer-key",
    what: "default encryption uses AWS's own key",
    at: kept,
    edit: set(`${isDefault}.kmsMasterKeyId`, "alias/aws/s3"),
  },
  { rule: "s3-customer-key", what: "encryption has no rules", at: kept, edit: set("rules", []) },
  { rule: "s3-bucket-key", what: "the bucket key is off", at: kept, edit: set("rules.0.bucketKeyEnabled", false) },
  { rule: "s3-bucket-key", what: "the bucket key is left out", at: kept, edit: unset("rules.0.bucketKeyEnabled") },
  { rule: "s3-sse-c-blocked", what: "SSE-C is not blocked", at: kept, edit: unset("rules.0.blockedEncryptionTypes") },
  {
    rule: "s3-sse-c-blocked",
    what: "another kind is blocked instead of SSE-C",
    at: kept,
    edit: set("rules.0.blockedEncryptionTypes", ["NONE"]),
  },
  { rule: "bucket-tls-only", what: "the bucket policy is taken away", at: { type: types.bucketPolicy }, removed: true },
  {
    rule: "bucket-tls-only",
    what: "the Deny asks for true",
    at: { type: types.bucketPolicy },
    edit: replace("policy", '"aws:SecureTransport":"false"', '"aws:SecureTransport":"true"'),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny is an Allow",
    at: { type: types.bucketPolicy },
    edit: replace("policy", plain, plain.replace('Deny"', 'Allow"').replace('"Effect":"Deny"', '"Effect":"Allow"')),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny covers reading only",
    at: { type: types.bucketPolicy },
    edit: json("policy", set("Statement.0.Action", "s3:GetObject")),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny spares the objects",
    at: { type: types.bucketPolicy },
    edit: json("policy", unset("Statement.0.Resource.1")),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny is for one role",
    at: { type: types.bucketPolicy },
    edit: json("policy", set("Statement.0.Principal", { AWS: "arn:aws:iam::123456789012:role/other" })),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny has a second condition",
    at: { type: types.bucketPolicy },
    edit: json("policy", set("Statement.0.Condition.StringEquals", { "aws:PrincipalTag/team": "other" })),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny spares some by NotPrincipal",
    at: { type: types.bucketPolicy },
    edit: json(
      "policy",
      both(unset("Statement.0.Principal"), set("Statement.0.NotPrincipal", { AWS: "arn:aws:iam::123456789012:role/other" })),
    ),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny is about another bucket",
    at: { type: types.bucketPolicy },
    edit: json("policy", set("Statement.0.Resource", ["arn:aws:s3:::another", "arn:aws:s3:::another/*"])),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny on Ceph is taken away",
    at: { type: types.claim },
    edit: json("spec.additionalConfig.bucketPolicy", withoutDeny),
  },
  {
    rule: "bucket-tls-only",
    what: "the policy on Ceph is taken away",
    at: { type: types.claim },
    edit: unset("spec.additionalConfig.bucketPolicy"),
  },
  {
    rule: "ceph-tls-condition",
    what: "the Deny on Ceph asks by Bool",
    at: { type: types.claim },
    edit: cephTls("spec.additionalConfig.bucketPolicy"),
  },
  {
    rule: "s3-replica-encrypted",
    what: "the replica has no key",
    at: { type: types.replication },
    edit: unset("rules.0.destination.encryptionConfiguration"),
  },
  {
    rule: "s3-replica-encrypted",
    what: "encrypted objects are not replicated",
    at: { type: types.replication },
    edit: set("rules.0.sourceSelectionCriteria.sseKmsEncryptedObjects.status", "Disabled"),
  },
];

const keys: readonly Mutation[] = [
  { rule: "kms-key-rotation", what: "rotation is off", at: { type: types.key }, edit: set("enableKeyRotation", false) },
  { rule: "kms-key-rotation", what: "rotation is left out", at: { type: types.key }, edit: unset("enableKeyRotation") },
  { rule: "cloudtrail-encrypted", what: "the trail has no key", at: { type: types.trail }, edit: unset("kmsKeyId") },
  {
    rule: "cloudtrail-encrypted",
    what: "the trail's files are not validated",
    at: { type: types.trail },
    edit: set("enableLogFileValidation", false),
  },
  { rule: "cloudtrail-encrypted", what: "the trail is off", at: { type: types.trail }, edit: set("enableLogging", false) },
  {
    rule: "provider-tls",
    what: "the store is administered over http",
    at: { type: types.dynamicBucket, stacks: notLocal },
    edit: set("endpoint", "http://fsn1.your-objectstorage.com"),
  },
  { rule: "provider-tls", what: "the provider skips certificates", at: { type: "pulumi:providers:aws" }, edit: set("insecure", "true") },
  {
    rule: "provider-tls",
    what: "the provider has a plain endpoint",
    at: { type: "pulumi:providers:aws" },
    edit: set("endpoints", '[{"s3":"http://s3.example.com"}]'),
  },
];

export const encryption = [...buckets, ...keys] satisfies readonly Mutation[];
