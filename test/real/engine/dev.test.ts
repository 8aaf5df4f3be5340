import { describeLifecycle } from "../support/engine/lifecycle";
import { rookChanges } from "./changes/rook-ceph";
import { storeChanges } from "./changes/store";

describeLifecycle("dev", {
  changes: [
    ...rookChanges,
    // The alert on a quota estimates how much a bucket holds from the retention.
    ...storeChanges({ bucketOf: (purpose) => `store-${purpose}-claim`, byRetention: ["sight-alerts-rules"] }),
  ],
  objects: [
    "CephObjectStore rook-ceph/granary",
    "CephObjectStoreUser rook-ceph/granary-dev-owner",
    "ConfigMap observability/loki-schema-2024-04-01",
    "ObjectBucketClaim rook-ceph/granary-dev-loki-chunks",
    "ObjectBucketClaim rook-ceph/granary-dev-loki-ruler",
    "ObjectBucketClaim rook-ceph/granary-dev-tempo-traces",
    "StorageClass granary-dev-buckets",
  ],
  store: async () => [],
  inStore: [],
});
