// A store can create a bucket and still refuse every object: a quota, a full disk, a read-only mode. Loki and Tempo would start all the same.
import { DeleteBucketCommand, DeleteObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { BucketInputs } from "./desired";
import { reasonOf } from "./reasons";

const Key = "granary-upload-proof";

/** The store has answered, and takes no objects. */
export class UploadRefused extends Error {}

/** Writes one object and deletes it. A new bucket that takes none is deleted, so that the next `up` creates it and proves it again. */
export async function proveUpload(client: S3Client, { bucket: Bucket }: BucketInputs, isNew: boolean): Promise<void> {
  try {
    const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key, Body: "Granary checks that the store takes objects.\n" }));
    await client.send(new DeleteObjectCommand({ Bucket, Key, ...(VersionId ? { VersionId } : {}) }));
  } catch (error) {
    if (!isAnswer(error)) throw error;
    const left = isNew ? await deleteEmpty(client, Bucket) : "nothing was changed";
    throw new UploadRefused(
      `the store has the bucket, but refuses to write and delete an object in it: ${reasonOf(error).replace(/\.+$/, "")}. Correct this at the store (quota, free space, read-only mode, rights of the key that Pulumi runs with) and run pulumi up again; ${left}`,
    );
  }
}

const isAnswer = (error: unknown): boolean =>
  (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode !== undefined;

const deleteEmpty = (client: S3Client, Bucket: string): Promise<string> =>
  client.send(new DeleteBucketCommand({ Bucket })).then(
    () => "the empty bucket was deleted",
    (error: unknown) => `the empty bucket could not be deleted (${reasonOf(error)}): delete it by hand`,
  );
