// The life of a bucket on an S3-compatible store: create, read, diff, update, delete. Runs in Pulumi's host for dynamic resources.
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  type LifecycleRule,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { dynamic } from "@pulumi/pulumi";
import { clientFor, unlessMissing } from "./client";
import type { BucketInputs } from "./desired";
import { sameDocument } from "./documents";
import { reasonOf } from "./reasons";
import { type BucketState, readBucket } from "./state";

const life = {
  async check(_olds: unknown, news: BucketInputs): Promise<dynamic.CheckResult> {
    return { inputs: news };
  },

  /** A bucket's name, place and address make it what it is; all else is changed in place. */
  async diff(_id: string, olds: BucketInputs, news: BucketInputs): Promise<dynamic.DiffResult> {
    const replaces = (["endpoint", "bucket"] as const).filter((key) => olds[key] !== news[key]);
    const changes = replaces.length > 0 || differs(olds, news) || olds.forceDestroy !== news.forceDestroy || olds.region !== news.region;
    return { changes, replaces, deleteBeforeReplace: false };
  },

  async create(inputs: BucketInputs): Promise<dynamic.CreateResult> {
    const client = clientFor(inputs);
    const { bucket: Bucket } = inputs;
    if (await unlessMissing(client.send(new HeadBucketCommand({ Bucket }))))
      throw new Error(`bucket ${Bucket} exists already; to take it over, run pulumi import for it`);
    await client.send(new CreateBucketCommand({ Bucket }));
    await converge(client, inputs, { versioning: false });
    return { id: Bucket, outs: inputs };
  },

  /** What the store says now, in the place of what was asked for: a refresh shows drift, and the next update mends it. */
  async read(id: string, props: BucketInputs): Promise<dynamic.ReadResult> {
    const state = await readBucket(clientFor(props), id);
    // Without an id, Pulumi takes the resource for gone.
    if (!state) return { id: "", props: {} };
    const found = asFound(props, state);
    return { id, props: found, inputs: found } as dynamic.ReadResult;
  },

  async update(id: string, _olds: BucketInputs, news: BucketInputs): Promise<dynamic.UpdateResult> {
    const client = clientFor(news);
    const state = await readBucket(client, id);
    if (!state) throw new Error(`bucket ${id} is gone; run pulumi refresh, then pulumi up makes it again`);
    await converge(client, news, state);
    return { outs: news };
  },

  async delete(id: string, props: BucketInputs): Promise<void> {
    const client = clientFor(props);
    if (props.forceDestroy) await empty(client, id);
    await unlessMissing(client.send(new DeleteBucketCommand({ Bucket: id })));
  },
};

/** What Pulumi's host calls; a store's refusal is told with the bucket and with what would help. */
export const provider = {
  check: life.check,
  diff: life.diff,
  create: (inputs: BucketInputs) => told("create", inputs, life.create(inputs)),
  read: (id: string, props: BucketInputs) => told("read", props, life.read(id, props)),
  update: (id: string, olds: BucketInputs, news: BucketInputs) => told("update", news, life.update(id, olds, news)),
  delete: (id: string, props: BucketInputs) => told("delete", props, life.delete(id, props)),
};

async function told<T>(verb: string, { bucket, endpoint }: BucketInputs, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new Error(`could not ${verb} bucket ${bucket} at ${endpoint}: ${reasonOf(error)}`);
  }
}

const differs = (a: BucketState, b: BucketState): boolean =>
  a.versioning !== b.versioning || !sameDocument(a.policy, b.policy) || !sameDocument(a.lifecycle, b.lifecycle);

/** Documents that mean the same keep the words in which they were asked for. */
function asFound(asked: BucketInputs, state: BucketState): BucketInputs {
  const { policy, lifecycle, ...rest } = asked;
  const keep = (before: string | undefined, now: string | undefined) => (sameDocument(before, now) ? before : now);
  const [foundPolicy, foundLifecycle] = [keep(policy, state.policy), keep(lifecycle, state.lifecycle)];
  return {
    ...rest,
    versioning: state.versioning,
    ...(foundPolicy === undefined ? {} : { policy: foundPolicy }),
    ...(foundLifecycle === undefined ? {} : { lifecycle: foundLifecycle }),
  };
}

/** The policy comes last: it is what might lock out whoever makes the rest. */
async function converge(client: S3Client, wanted: BucketInputs, state: BucketState): Promise<void> {
  const { bucket: Bucket } = wanted;
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

async function empty(client: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const page = await unlessMissing(client.send(new ListObjectVersionsCommand({ Bucket })));
    const found = [...(page?.Versions ?? []), ...(page?.DeleteMarkers ?? [])];
    if (found.length === 0) return;
    const Objects = found.map(({ Key, VersionId }) => ({ Key, VersionId }));
    const { Errors } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    if (Errors?.length) throw new Error(`${Errors.length} objects of ${Bucket} could not be deleted: ${Errors[0]?.Code}`);
  }
}
