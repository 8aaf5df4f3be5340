// One valid resource of each kind that a store outside AWS has.
import type { Resource } from "../../../policy/resource";
import { document } from "./aws";
import { made, metadata } from "./make";

export const claimPolicy = {
  grant: {
    Sid: "Loki",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam:::user/loki" },
    Action: ["s3:GetObject"],
    Resource: ["arn:aws:s3:::ceph-chunks/*"],
  },
  deny: {
    Sid: "Plain",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: ["arn:aws:s3:::ceph-chunks", "arn:aws:s3:::ceph-chunks/*"],
    Condition: { BoolIfExists: { "aws:SecureTransport": "false" } },
  },
};
const lifecycle = JSON.stringify({
  Rules: [{ ID: "abort", Status: "Enabled", Filter: { Prefix: "" }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }],
});

export const objects: Readonly<Record<string, Resource>> = {
  objectStore: made(
    "kubernetes:ceph.rook.io/v1:CephObjectStore",
    "store",
    {
      metadata: metadata("store", "rook-ceph"),
      spec: { preservePoolsOnDelete: true, gateway: { securePort: 443, sslCertificateRef: "rgw-tls", instances: 2 } },
    },
    { protect: true },
  ),
  objectUser: made("kubernetes:ceph.rook.io/v1:CephObjectStoreUser", "loki-user", {
    metadata: metadata("loki", "rook-ceph"),
    spec: {
      store: "store",
      keys: [{ accessKeyRef: { name: "loki-user-keys", key: "id" }, secretKeyRef: { name: "loki-user-keys", key: "secret" } }],
    },
  }),
  owner: made("kubernetes:ceph.rook.io/v1:CephObjectStoreUser", "owner", {
    metadata: metadata("owner", "rook-ceph"),
    spec: { store: "store" },
  }),
  storageClass: made("kubernetes:storage.k8s.io/v1:StorageClass", "buckets", {
    provisioner: "rook-ceph.ceph.rook.io/bucket",
    reclaimPolicy: "Retain",
  }),
  claim: made(
    "kubernetes:objectbucket.io/v1alpha1:ObjectBucketClaim",
    "claim",
    {
      metadata: metadata("ceph-chunks", "rook-ceph"),
      spec: {
        bucketName: "ceph-chunks",
        storageClassName: "buckets",
        additionalConfig: { bucketOwner: "owner", bucketPolicy: document(claimPolicy.grant, claimPolicy.deny), bucketLifecycle: lifecycle },
      },
    },
    { protect: true },
  ),
  dynamicBucket: made(
    "pulumi-nodejs:dynamic/granary:S3Bucket",
    "hetzner",
    {
      bucket: "hz-chunks",
      endpoint: "https://fsn1.your-objectstorage.com",
      versioning: false,
      forceDestroy: false,
      lifecycle,
      policy: document({
        Effect: "Deny",
        NotPrincipal: { AWS: "arn:aws:iam:::user/p1:LOKI" },
        Action: "s3:*",
        Resource: ["arn:aws:s3:::hz-chunks", "arn:aws:s3:::hz-chunks/*"],
      }),
    },
    { protect: true },
  ),
};
