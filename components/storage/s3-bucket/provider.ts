// The life of a bucket on an S3-compatible store: create, read, diff, update, delete. Runs in Pulumi's host for dynamic resources.
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { dynamic } from "@pulumi/pulumi";
import { clientFor, unlessMissing } from "./client";
import { converge } from "./converge";
import type { BucketInputs } from "./desired";
import { sameDocument } from "./documents";
import { projectProblem } from "./lock-out";
import { reasonOf } from "./reasons";
import { refuseUsersWithoutUploads } from "./seaweed-users";
import { type BucketState, readBucket } from "./state";
import { proveUpload, UploadRefused } from "./upload-proof";

const life = {
  async check(olds: Partial<BucketInputs>, news: BucketInputs): Promise<dynamic.CheckResult> {
    const reason = olds.bucket === news.bucket ? projectProblem(olds.policy, news.policy) : undefined;
    // Without a property's name Pulumi shows the reason alone, and not the whole policy before it.
    return reason ? { inputs: news, failures: [{ property: "", reason }] } : { inputs: news };
  },

  /** A bucket's name, place and address make it what it is; all else is changed in place. */
  async diff(_id: string, olds: BucketInputs, news: BucketInputs): Promise<dynamic.DiffResult> {
    const replaces = (["endpoint", "bucket"] as const).filter((key) => olds[key] !== news[key]);
    const kept = (["forceDestroy", "region", "managementEndpoint"] as const).some((key) => olds[key] !== news[key]);
    const changes = replaces.length > 0 || differs(olds, news) || kept;
    return { changes, replaces, deleteBeforeReplace: false };
  },

  async create(inputs: BucketInputs): Promise<dynamic.CreateResult> {
    const client = clientFor(inputs);
    const { bucket: Bucket } = inputs;
    const found = await readBucket(client, Bucket);
    if (found && !inputs.takeOver)
      throw new Error("there is one already; to take it over with all that it holds, name its purpose under granary:storage.takeOver");
    await refuseUsersWithoutUploads(client, inputs);
    if (!found) await client.send(new CreateBucketCommand({ Bucket }));
    try {
      await proveUpload(client, inputs, found === undefined);
      await converge(client, inputs, found ?? { versioning: false });
    } catch (error) {
      if (error instanceof UploadRefused) throw error;
      throw new Unfinished(reasonOf(error));
    }
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
    await refuseUsersWithoutUploads(client, news);
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

/** The bucket is there, but not yet as it should be. */
class Unfinished extends Error {}

async function told<T>(verb: string, inputs: BucketInputs, call: Promise<T>): Promise<T> {
  const { bucket, endpoint, managementEndpoint = endpoint } = inputs;
  try {
    return await call;
  } catch (error) {
    const unfinished = error instanceof Unfinished;
    const what = `bucket ${bucket} at ${managementEndpoint}`;
    const message = `${unfinished ? `${what} is there, but not finished` : `could not ${verb} ${what}`}: ${reasonOf(error)}`;
    // With an id, Pulumi's host tells the engine that the resource is there: it stays in the state, and the next update goes on.
    throw Object.assign(new Error(message), unfinished ? { id: bucket, properties: inputs, reasons: [message] } : {});
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
