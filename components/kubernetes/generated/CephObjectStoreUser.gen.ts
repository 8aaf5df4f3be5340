// Written by `npm run crds` from rook-v1.20.6 (ceph.rook.io/v1). Do not edit.
export interface CephObjectStoreUserSpec {
  accountRef?: {
    name: string;
  };
  capabilities?: {
    "amz-cache"?: "*" | "read" | "write" | "read, write";
    bilog?: "*" | "read" | "write" | "read, write";
    bucket?: "*" | "read" | "write" | "read, write";
    buckets?: "*" | "read" | "write" | "read, write";
    datalog?: "*" | "read" | "write" | "read, write";
    info?: "*" | "read" | "write" | "read, write";
    mdlog?: "*" | "read" | "write" | "read, write";
    metadata?: "*" | "read" | "write" | "read, write";
    "oidc-provider"?: "*" | "read" | "write" | "read, write";
    ratelimit?: "*" | "read" | "write" | "read, write";
    roles?: "*" | "read" | "write" | "read, write";
    usage?: "*" | "read" | "write" | "read, write";
    user?: "*" | "read" | "write" | "read, write";
    "user-policy"?: "*" | "read" | "write" | "read, write";
    users?: "*" | "read" | "write" | "read, write";
    zone?: "*" | "read" | "write" | "read, write";
  };
  clusterNamespace?: string;
  displayName?: string;
  keys?: {
    accessKeyRef?: {
      key: string;
      name?: string;
      optional?: boolean;
    };
    secretKeyRef?: {
      key: string;
      name?: string;
      optional?: boolean;
    };
  }[];
  opMask?: ("read" | "write" | "delete")[];
  quotas?: {
    maxBuckets?: number;
    maxObjects?: number;
    maxSize?: number | string;
  };
  store?: string;
}
