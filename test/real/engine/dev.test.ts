import { describeLifecycle } from "../support/engine/lifecycle";

describeLifecycle("dev", {
  objects: [
    "CephObjectStore rook-ceph/granary",
    "CephObjectStoreUser rook-ceph/granary-dev-owner",
    "ConfigMap observability/loki-schema-2024-04-01",
    "ObjectBucketClaim rook-ceph/granary-dev-loki-chunks",
    "ObjectBucketClaim rook-ceph/granary-dev-loki-ruler",
    "ObjectBucketClaim rook-ceph/granary-dev-tempo-traces",
  ],
  store: async () => [],
  inStore: [],
});
