// Gives SeaweedFS's users what docs/stores.md says they need beside the buckets' policies.
import { uploadersOf } from "../../../components/storage/s3-bucket/uploaders";
import type { Seaweed } from "../servers";

export async function allowUploads(store: Seaweed, bucketPolicies: readonly string[]): Promise<void> {
  const byUser = new Map<string, string[]>();
  for (const { user, resources } of bucketPolicies.flatMap(uploadersOf)) byUser.set(user, [...(byUser.get(user) ?? []), ...resources]);
  for (const [user, resources] of byUser) await store.allowUploads(user, resources);
}
