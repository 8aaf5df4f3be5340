// Makes a bucket that is there what it should be, one difference after the other.
import {
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  GetBucketAclCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { BucketInputs } from "./desired";
import { sameDocument } from "./documents";
import { lockOutProblem, narrowsKeys } from "./lock-out";
import type { BucketState } from "./state";

/** The policy comes last: it is what might lock out whoever makes the rest. */
export async function converge(client: S3Client, wanted: BucketInputs, state: BucketState): Promise<void> {
  const { bucket: Bucket } = wanted;
  await refuseLockOut(client, wanted);
  if (wanted.versioning !== state.versioning) {
    const Status = wanted.versioning ? "Enabled" : "Suspended";
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  }
  if (!sameDocument(wanted.lifecycle, state.lifecycle)) await putLifecycle(client, Bucket, wanted.lifecycle);
  if (!sameDocument(wanted.policy, state.policy)) await putPolicy(client, Bucket, wanted.policy);
}

async function putLifecycle(client: S3Client, Bucket: string, lifecycle: string | undefined): Promise<void> {
  if (lifecycle === undefined) {
    await client.send(new DeleteBucketLifecycleCommand({ Bucket }));
    return;
  }
  const { Rules } = JSON.parse(lifecycle) as { Rules: LifecycleRule[] };
  await client.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
}

async function putPolicy(client: S3Client, Bucket: string, Policy: string | undefined): Promise<void> {
  if (Policy === undefined) await client.send(new DeleteBucketPolicyCommand({ Bucket }));
  else await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}

/** Before anything is changed: whom such a policy shuts out can't take it back. */
async function refuseLockOut(client: S3Client, { bucket: Bucket, policy }: BucketInputs): Promise<void> {
  if (!narrowsKeys(policy)) return;
  const { accessKeyId } = await client.config.credentials();
  // A store that doesn't tell the owner is no reason to stop: the keys are compared all the same.
  const acl = await client.send(new GetBucketAclCommand({ Bucket })).catch(() => undefined);
  const problem = lockOutProblem(policy, { accessKeyId, owner: acl?.Owner?.ID });
  if (problem) throw new Error(problem);
}
