// One name and one shape for each kind of resource: older names of the AWS provider and Kubernetes patches would pass rules that ask for a type.
import { type Fields, fields, isUnknown, list } from "./readers/values";

const awsV2 = /^(aws:s3\/\w+)V2:(\w+)V2$/;
const kubernetesPatch = /^(kubernetes:[^:]+:\w+)Patch$/;

export const canonicalType = (type: string): string => type.replace(awsV2, "$1:$2").replace(kubernetesPatch, "$1");

/** Whether resources of this type also come under other names. */
export const hasOtherNames = (type: string): boolean => type.startsWith("aws:s3/") || type.startsWith("kubernetes:");

/** Whether a resource changes an object that somebody else made, and so leaves out what it doesn't change. */
export const isPatch = ({ urn }: { readonly urn: string }): boolean => /:kubernetes:[^:]+:\w+Patch::[^:]+$/.test(urn);

/** `aws.s3.BucketV2` has lists of one where `aws.s3.Bucket` has one. */
export function canonicalProps(type: string, props: Fields): Fields {
  if (type !== "aws:s3/bucketV2:BucketV2") return props;
  const { versionings, serverSideEncryptionConfigurations, lifecycleRules, ...others } = props;
  return {
    ...others,
    ...given("versioning", first(versionings)),
    ...given("serverSideEncryptionConfiguration", encryption(first(serverSideEncryptionConfigurations))),
    ...given("lifecycleRules", isUnknown(lifecycleRules) ? lifecycleRules : lifecycleRules && list(lifecycleRules).map(lifecycleRule)),
  };
}

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
const given = (key: string, value: unknown): Fields => (value === undefined ? {} : { [key]: value });

function encryption(value: unknown): unknown {
  if (value === undefined || isUnknown(value)) return value;
  const rule = first(fields(value).rules);
  if (rule === undefined || isUnknown(rule)) return given("rule", rule);
  const { applyServerSideEncryptionByDefaults, ...others } = fields(rule);
  return { rule: { ...others, ...given("applyServerSideEncryptionByDefault", first(applyServerSideEncryptionByDefaults)) } };
}

function lifecycleRule(value: unknown): unknown {
  if (isUnknown(value)) return value;
  const { expirations, noncurrentVersionExpirations, ...others } = fields(value);
  return {
    ...others,
    ...given("expiration", first(expirations)),
    ...given("noncurrentVersionExpiration", first(noncurrentVersionExpirations)),
  };
}
