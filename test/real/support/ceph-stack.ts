// A stack's users and buckets on a real gateway, by what each bucket is for.
import type { S3Client } from "@aws-sdk/client-s3";
import type { PreviewResult } from "../../support/preview";
import type { Ceph, Keys } from "../servers";
import { applyRook, secureS3 } from "./rook";

export interface CephStack {
  /** By purpose: `loki-chunks`. */
  readonly buckets: ReadonlyMap<string, string>;
  readonly owner: S3Client;
  /** The keys of a user that a policy names: `granary-dev-loki`. */
  keys(uid: string): Promise<Keys>;
}

export async function makeCephStack(store: Ceph, stack: PreviewResult): Promise<CephStack> {
  const users = await applyRook(store, stack.resources);
  const owner = Object.entries(users).find(([uid]) => uid.endsWith("-owner"));
  if (!owner) throw new Error(`no owner of the buckets among ${Object.keys(users).join(", ")}`);
  const claims = stack.ofType("kubernetes:objectbucket.io/v1alpha1:ObjectBucketClaim");
  const buckets = claims.map(({ name, inputs }) => [purposeOf(name), (inputs.spec as { bucketName: string }).bucketName] as const);
  return { buckets: new Map(buckets), owner: secureS3(store, owner[1]), keys: (uid) => store.user(uid) };
}

/** A claim's name in the program is `…-store-<purpose>-claim`. */
const purposeOf = (name: string) => name.replace(/^.*-store-/, "").replace(/-claim$/, "");
