// Retention as lifecycle rules. The programs delete what is due; a rule is the backstop below them, so it always comes later than they do.
import type { StorageConfig } from "../config/schema/storage";
import { type Duration, wholeDays } from "../config/units";
import type { BucketSpec, Expiry } from "./store";

/** Classes from which an object is read at once. */
export type StorageClass = "STANDARD_IA" | "INTELLIGENT_TIERING" | "GLACIER_IR";

export interface Transition {
  readonly to: StorageClass;
  readonly afterDays: number;
}

export interface Rule {
  readonly id: string;
  /** Empty only in rules that touch no object's current version. */
  readonly prefix: string;
  readonly expireAfterDays?: number;
  readonly noncurrentAfterDays?: number;
  readonly abortUploadsAfterDays?: number;
  /** Drops the markers that deletion leaves in a versioned bucket, once no version is behind them. */
  readonly dropDeleteMarkers?: boolean;
  readonly transitions?: readonly Transition[];
}

export interface LifecycleArgs {
  readonly expiries: readonly Expiry[];
  readonly margin: Duration;
  readonly abortUploadsAfter: Duration;
  readonly noncurrentAfter: Duration;
  readonly versioning: boolean;
  /** Replaces what expiries and margin give. */
  readonly expireAfter?: Duration;
  readonly transitions?: readonly Transition[];
}

/** Sorted by id: Rook compares rules in order and would otherwise write them again and again. */
export function lifecycleRules(args: LifecycleArgs): Rule[] {
  const { expiries, margin, abortUploadsAfter, noncurrentAfter, versioning, expireAfter, transitions = [] } = args;
  const rules: Rule[] = [{ id: "abort-uploads", prefix: "", abortUploadsAfterDays: wholeDays(abortUploadsAfter) }];
  for (const { prefix, keepFor } of expiries) {
    if (prefix === "")
      throw new Error("an expiry needs a prefix: an empty one would also expire the index, markers and rules beside the data");
    const lifetime = expireAfter ?? { seconds: keepFor.seconds + margin.seconds };
    const rule = { id: `expire-${prefix.replace(/\/$/, "")}`, prefix, expireAfterDays: wholeDays(lifetime) };
    rules.push(transitions.length > 0 ? { ...rule, transitions } : rule);
  }
  if (versioning) rules.push({ id: "noncurrent", prefix: "", noncurrentAfterDays: wholeDays(noncurrentAfter), dropDeleteMarkers: true });
  return rules.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The rules of one bucket, from its spec and what the store's configuration says of clean-up. */
export function rulesFor(spec: BucketSpec, settings: CleanUp, transitions: readonly Transition[] = []): Rule[] {
  const { expireAfter, ...lifecycle } = settings.lifecycle;
  const own = expireAfter[spec.purpose];
  const args = { ...lifecycle, expiries: spec.expiries, versioning: settings.versioning ?? spec.versioning, transitions };
  return lifecycleRules(own ? { ...args, expireAfter: own } : args);
}

type CleanUp = Pick<Extract<StorageConfig, { lifecycle: unknown }>, "lifecycle" | "versioning">;

/** As S3's API takes it, which is also what Rook's bucketLifecycle holds. */
export function s3Lifecycle(rules: readonly Rule[]): { Rules: Record<string, unknown>[] } {
  return {
    Rules: rules.map((rule) => ({
      ID: rule.id,
      Status: "Enabled",
      Filter: { Prefix: rule.prefix },
      ...(rule.abortUploadsAfterDays ? { AbortIncompleteMultipartUpload: { DaysAfterInitiation: rule.abortUploadsAfterDays } } : {}),
      ...(rule.expireAfterDays ? { Expiration: { Days: rule.expireAfterDays } } : {}),
      ...(rule.dropDeleteMarkers ? { Expiration: { ExpiredObjectDeleteMarker: true } } : {}),
      ...(rule.noncurrentAfterDays ? { NoncurrentVersionExpiration: { NoncurrentDays: rule.noncurrentAfterDays } } : {}),
    })),
  };
}
