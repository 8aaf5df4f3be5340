// Lifecycle rules as the AWS provider takes them.
import type { types } from "@pulumi/aws";
import type { Rule } from "../lifecycle";

type AwsRule = types.input.s3.BucketLifecycleConfigurationRule;

export function awsLifecycleRule(rule: Rule): AwsRule {
  const { id, prefix, abortUploadsAfterDays, expireAfterDays, noncurrentAfterDays, dropDeleteMarkers, transitions } = rule;
  return {
    id,
    status: "Enabled",
    filter: { prefix },
    ...(abortUploadsAfterDays ? { abortIncompleteMultipartUpload: { daysAfterInitiation: abortUploadsAfterDays } } : {}),
    ...(expireAfterDays ? { expiration: { days: expireAfterDays } } : {}),
    ...(dropDeleteMarkers ? { expiration: { expiredObjectDeleteMarker: true } } : {}),
    ...(noncurrentAfterDays ? { noncurrentVersionExpiration: { noncurrentDays: noncurrentAfterDays } } : {}),
    ...(transitions ? { transitions: transitions.map(({ to, afterDays }) => ({ storageClass: to, days: afterDays })) } : {}),
  };
}
