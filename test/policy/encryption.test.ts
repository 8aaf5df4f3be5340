import { describe, expect, it } from "vitest";
import { json, replace, set, unset } from "../mutations/edit";
import { breaksOne, staysFine } from "./broken";
import { judge, valid, withInstead } from "./judge";
import { denyPlain, document } from "./valid/aws";
import { made } from "./valid/make";

const rule = "rules.0";
const byDefault = `${rule}.applyServerSideEncryptionByDefault`;
const noTls = "no statement of its policy denies all actions on the bucket and its objects to everyone over plain http";

it("finds nothing in the valid stack", () => {
  expect(judge(Object.values(valid))).toEqual([]);
});

describe("buckets on AWS", () => {
  breaksOne([
    ["encryption", "AES256", set(`${byDefault}.sseAlgorithm`, "AES256"), "s3-customer-key", "its default encryption is AES256"],
    [
      "encryption",
      "no key",
      unset(`${byDefault}.kmsMasterKeyId`),
      "s3-customer-key",
      "its default encryption names no key, which means the one that AWS keeps for the account",
    ],
    [
      "encryption",
      "AWS's own key",
      set(`${byDefault}.kmsMasterKeyId`, "alias/aws/s3"),
      "s3-customer-key",
      "its default encryption names no key, which means the one that AWS keeps for the account",
    ],
    ["encryption", "no bucket key", set(`${rule}.bucketKeyEnabled`, false), "s3-bucket-key", "bucketKeyEnabled is not true"],
    [
      "encryption",
      "SSE-C let in",
      unset(`${rule}.blockedEncryptionTypes`),
      "s3-sse-c-blocked",
      "blockedEncryptionTypes does not hold SSE-C",
    ],
    [
      "bucketPolicy",
      "Deny for true",
      replace("policy", '"aws:SecureTransport":"false"', '"aws:SecureTransport":"true"'),
      "bucket-tls-only",
      noTls,
    ],
    ["bucketPolicy", "Deny for reading only", json("policy", set("Statement.0.Action", "s3:GetObject")), "bucket-tls-only", noTls],
    [
      "bucketPolicy",
      "Deny with a second condition",
      json("policy", set("Statement.0.Condition.StringEquals", { "s3:authType": "REST-HEADER" })),
      "bucket-tls-only",
      noTls,
    ],
    ["bucketPolicy", "Deny that spares the objects", json("policy", unset("Statement.0.Resource.1")), "bucket-tls-only", noTls],
    [
      "replication",
      "no key at the other end",
      unset(`${rule}.destination.encryptionConfiguration`),
      "s3-replica-encrypted",
      "rules[0] names no replicaKmsKeyId",
    ],
    [
      "replication",
      "encrypted objects left out",
      unset(`${rule}.sourceSelectionCriteria`),
      "s3-replica-encrypted",
      "rules[0] does not replicate encrypted objects",
    ],
    ["key", "no rotation", set("enableKeyRotation", false), "kms-key-rotation", "enableKeyRotation is not true"],
    ["trail", "no key", unset("kmsKeyId"), "cloudtrail-encrypted", "kmsKeyId is not set"],
    ["trail", "no validation", set("enableLogFileValidation", false), "cloudtrail-encrypted", "enableLogFileValidation is not true"],
    ["provider", "insecure", set("insecure", "true"), "provider-tls", "insecure is on"],
    [
      "dynamicBucket",
      "administered over plain http",
      set("managementEndpoint", "http://localhost:8333"),
      "provider-tls",
      "managementEndpoint holds http://localhost:8333",
    ],
    [
      "dynamicBucket",
      "plain endpoint",
      set("endpoint", "http://fsn1.your-objectstorage.com"),
      "provider-tls",
      "endpoint holds http://fsn1.your-objectstorage.com",
    ],
  ]);
  staysFine([
    ["bucketPolicy", "BoolIfExists", replace("policy", '"Bool"', '"BoolIfExists"')],
    ["bucketPolicy", "a condition in other case", replace("policy", "aws:SecureTransport", "AWS:securetransport")],
    ["bucketPolicy", "all actions by *", json("policy", set("Statement.0.Action", ["*"]))],
    ["bucketPolicy", "everyone as AWS", json("policy", set("Statement.0.Principal", { AWS: "*" }))],
    ["encryption", "two layers", set(`${byDefault}.sseAlgorithm`, "aws:kms:dsse")],
    [
      "key",
      "a key pair, which can't rotate",
      (props) => {
        props.enableKeyRotation = false;
        props.customerMasterKeySpec = "RSA_4096";
      },
    ],
  ]);
  it("lets a bucket for access logs have AES256, which is all it can have, and no versions", () => {
    const bucket = made("aws:s3/bucket:Bucket", "logs", { bucket: "access-logs" }, { protect: true });
    const refers = { bucket: [bucket.urn] };
    const parts = ["encryption", "publicAccess", "ownership", "bucketPolicy", "lifecycle"].map((kind) => {
      const part = valid[kind];
      if (!part) throw new Error(kind);
      return { ...part, urn: `${part.urn}-logs`, propertyDependencies: refers };
    });
    const policy = { ...denyPlain, Resource: ["arn:aws:s3:::access-logs", "arn:aws:s3:::access-logs/*"] };
    const logs = parts.map((part) => {
      if (part.type.includes("bucketPolicy")) return { ...part, props: { bucket: "access-logs", policy: document(policy) } };
      const props = structuredClone(part.props) as { rules: { applyServerSideEncryptionByDefault?: object }[] };
      const [first] = props.rules ?? [];
      if (first?.applyServerSideEncryptionByDefault) first.applyServerSideEncryptionByDefault = { sseAlgorithm: "AES256" };
      return { ...part, props: props as never };
    });
    const logging = made("aws:s3/bucketLogging:BucketLogging", "logging", { bucket: "loki-chunks", targetBucket: "access-logs" });
    expect(judge([...Object.values(valid), bucket, ...logs, logging])).toEqual([]);
    expect(judge([...Object.values(valid), bucket, ...logs]).map(({ rule: by }) => by)).toEqual(["s3-customer-key", "s3-versioned"]);
  });
  it("sees a bucket whose parts are missing", () => {
    const without = withInstead({
      encryption: undefined,
      bucketPolicy: undefined,
      publicAccess: undefined,
      ownership: undefined,
      versioning: undefined,
    });
    expect(judge(without).map(({ rule: by, says }) => `${by}: ${says}`)).toEqual([
      "s3-customer-key: it has no default encryption",
      `bucket-tls-only: ${noTls}`,
      "s3-public-access-blocked: it has no public access block",
      "s3-owner-enforced: its object ownership is not BucketOwnerEnforced",
      "s3-versioned: versioning is not enabled",
    ]);
  });
});
