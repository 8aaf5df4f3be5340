// Lifecycle rules of every dialect in one shape.
import { readJson } from "./json";
import { at, type Fields, fields, isFields, list, number, text } from "./values";

export interface Transition {
  readonly days: number | undefined;
  readonly storageClass: string;
}

export interface LifecycleRule {
  readonly label: string;
  readonly enabled: boolean;
  /** Empty: every object of the bucket. */
  readonly prefix: string;
  readonly expirationDays?: number;
  /** A date, or something else that is no number of days. */
  readonly expiresOtherwise?: string;
  readonly noncurrentDays?: number;
  readonly abortDays?: number;
  readonly transitions: readonly Transition[];
}

export class MalformedLifecycle extends Error {}

/** `rules` of aws.s3.BucketLifecycleConfiguration, or the older `lifecycleRules` of a bucket. */
export const awsLifecycle = (value: unknown): LifecycleRule[] =>
  list(value).map((rule, i) => {
    const expiration = one(at(rule, "expiration"));
    return {
      label: text(at(rule, "id")) ?? `rule ${i + 1}`,
      enabled: at(rule, "status") === "Enabled" || at(rule, "enabled") === true,
      prefix: text(at(rule, "filter.and.prefix")) ?? text(at(rule, "filter.prefix")) ?? text(at(rule, "prefix")) ?? "",
      ...given("expirationDays", number(expiration.days)),
      ...given("expiresOtherwise", text(expiration.date)),
      ...given("noncurrentDays", firstNumber(at(rule, "noncurrentVersionExpiration"), "noncurrentDays", "days")),
      ...given(
        "abortDays",
        number(at(rule, "abortIncompleteMultipartUpload.daysAfterInitiation") ?? at(rule, "abortIncompleteMultipartUploadDays")),
      ),
      transitions: [...list(at(rule, "transitions")), ...list(at(rule, "noncurrentVersionTransitions"))].map((item) => ({
        days: firstNumber(item, "days", "noncurrentDays"),
        storageClass: text(at(item, "storageClass")) ?? "",
      })),
    };
  });

/** The S3 API's own document, as JSON text or as an object; absent means no rules. */
export function jsonLifecycle(value: unknown): LifecycleRule[] {
  if (value === undefined || value === null || value === "") return [];
  const { value: document, problem } = typeof value === "string" ? readJson(value) : { value, problem: undefined };
  if (problem) throw new MalformedLifecycle(`the lifecycle ${problem}`);
  const rules = Array.isArray(document) ? document : at(document, "Rules");
  if (!Array.isArray(rules)) throw new MalformedLifecycle("the lifecycle holds no list of Rules");
  return rules.map((rule, i) => {
    if (!isFields(rule)) throw new MalformedLifecycle(`rule ${i + 1} of the lifecycle is not an object`);
    return {
      label: text(rule.ID) ?? `rule ${i + 1}`,
      enabled: rule.Status === "Enabled",
      prefix: text(at(rule, "Filter.And.Prefix")) ?? text(at(rule, "Filter.Prefix")) ?? text(rule.Prefix) ?? "",
      ...given("expirationDays", number(at(rule, "Expiration.Days"))),
      ...given("expiresOtherwise", text(at(rule, "Expiration.Date"))),
      ...given("noncurrentDays", number(at(rule, "NoncurrentVersionExpiration.NoncurrentDays"))),
      ...given("abortDays", number(at(rule, "AbortIncompleteMultipartUpload.DaysAfterInitiation"))),
      transitions: [...list(rule.Transitions), ...list(rule.NoncurrentVersionTransitions)].map((item) => ({
        days: firstNumber(item, "Days", "NoncurrentDays"),
        storageClass: text(at(item, "StorageClass")) ?? "",
      })),
    };
  });
}

const one = (value: unknown): Fields => fields(Array.isArray(value) ? value[0] : value);
const firstNumber = (value: unknown, ...names: readonly string[]): number | undefined => {
  const holder = one(value);
  return names.map((name) => number(holder[name])).find((found) => found !== undefined);
};
const given = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
