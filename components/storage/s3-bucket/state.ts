// What a bucket is like now, read from the store, in the form in which it is asked for.
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  type LifecycleRule,
  type S3Client,
} from "@aws-sdk/client-s3";
import { unlessMissing } from "./client";

export interface BucketState {
  readonly versioning: boolean;
  readonly policy?: string;
  readonly lifecycle?: string;
}

/** Undefined when there is no such bucket. */
export async function readBucket(client: S3Client, bucket: string): Promise<BucketState | undefined> {
  const Bucket = bucket;
  if (!(await unlessMissing(client.send(new HeadBucketCommand({ Bucket }))))) return undefined;
  const versioning = await client.send(new GetBucketVersioningCommand({ Bucket }));
  const policy = await unlessMissing(client.send(new GetBucketPolicyCommand({ Bucket })));
  const lifecycle = await unlessMissing(client.send(new GetBucketLifecycleConfigurationCommand({ Bucket })));
  return {
    versioning: versioning.Status === "Enabled",
    ...(policy?.Policy ? { policy: policy.Policy } : {}),
    ...(lifecycle?.Rules?.length ? { lifecycle: JSON.stringify({ Rules: lifecycle.Rules }) } : {}),
  };
}

/** Same content, whatever the order of keys and rules, or the way in which a store writes a prefix back. */
export function sameDocument(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonical(a) === canonical(b);
}

function canonical(text: string): string {
  const value: unknown = JSON.parse(text);
  const rules = (value as { Rules?: LifecycleRule[] }).Rules;
  return JSON.stringify(sorted(rules ? { Rules: rules.map(plainRule).sort((x, y) => (`${x.ID}` < `${y.ID}` ? -1 : 1)) } : value));
}

/** Stores give a rule's prefix back inside a filter or beside it. */
function plainRule({ Filter, Prefix, ...rest }: LifecycleRule): Record<string, unknown> {
  const { Prefix: inFilter, ...filter } = Filter ?? {};
  return { ...rest, ...(Object.keys(filter).length > 0 ? { Filter: filter } : {}), Prefix: inFilter ?? Prefix ?? "" };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
