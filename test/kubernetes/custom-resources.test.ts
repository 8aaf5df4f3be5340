import { describe, expectTypeOf, test } from "vitest";
import type { CephObjectStoreUser, CustomResourceArgs } from "../../components/kubernetes/custom-resources";
import type { CephObjectStoreUserSpec } from "../../components/kubernetes/generated/CephObjectStoreUser.gen";

type UserArgs = ConstructorParameters<typeof CephObjectStoreUser>[1];

describe("custom resources", () => {
  test("take the fields of their definition and refuse a misspelt one at compile time", () => {
    expectTypeOf<UserArgs>().toEqualTypeOf<CustomResourceArgs<CephObjectStoreUserSpec>>();
    const good: UserArgs = { metadata: { name: "loki", namespace: "rook-ceph" }, spec: { store: "granary", quotas: { maxBuckets: 1 } } };
    // @ts-expect-error the definition says `maxBuckets`
    const misspelt: UserArgs = { metadata: { name: "loki", namespace: "rook-ceph" }, spec: { store: "granary", quotas: { maxBucket: 1 } } };
    expectTypeOf(good).toEqualTypeOf(misspelt);
  });
});
