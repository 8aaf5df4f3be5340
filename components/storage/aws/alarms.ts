// What AWS itself watches: errors and size of each bucket, and the month's bill for S3.
import * as budgets from "@pulumi/aws/budgets";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as s3 from "@pulumi/aws/s3";
import type { Account } from "./account";
import type { AwsBucket } from "./bucket";

const metricsFilter = "EntireBucket";
/** A full bucket is late; this is when there is still time. */
const quotaShare = 0.85;

export function watchBucket({ name, config, provider }: Account, purpose: string, made: AwsBucket, bucket: string): void {
  const { alarms } = config;
  if (!alarms) return;
  const opts = { parent: made, provider };
  new s3.BucketMetric(`${name}-${purpose}-metrics`, { bucket: made.bucket.bucket, name: metricsFilter }, opts);
  const common = { namespace: "AWS/S3", alarmActions: [alarms.topic], treatMissingData: "notBreaching" };
  const errors = (metricName: string, threshold: number, meaning: string) =>
    new cloudwatch.MetricAlarm(
      `${name}-${purpose}-${metricName}`,
      {
        ...common,
        name: `${bucket}-${metricName}`,
        alarmDescription: `${meaning} from ${bucket} within five minutes`,
        metricName,
        dimensions: { BucketName: bucket, FilterId: metricsFilter },
        ...{ statistic: "Sum", period: 300, evaluationPeriods: 1, threshold },
        comparisonOperator: "GreaterThanOrEqualToThreshold",
      },
      opts,
    );
  errors("4xxErrors", alarms.errors4xx, `${alarms.errors4xx} refused requests or more`);
  errors("5xxErrors", alarms.errors5xx, `${alarms.errors5xx} failed requests or more`);
  const quota = alarms.quotas[purpose];
  if (!quota) return;
  new cloudwatch.MetricAlarm(
    `${name}-${purpose}-size`,
    {
      ...common,
      name: `${bucket}-size`,
      alarmDescription: `${bucket} has reached ${quotaShare * 100} percent of its quota`,
      metricName: "BucketSizeBytes",
      dimensions: { BucketName: bucket, StorageType: "StandardStorage" },
      // S3 reports sizes once a day.
      ...{ statistic: "Average", period: 86400, evaluationPeriods: 1, threshold: Math.floor(quota.bytes * quotaShare) },
      comparisonOperator: "GreaterThanOrEqualToThreshold",
    },
    opts,
  );
}

/** S3's whole bill in the account: costs by tag need a setting that only the payer of the bill can make. */
export function watchCosts({ name, config, provider, parent }: Account): void {
  const { budget, bucketPrefix } = config;
  if (!budget) return;
  const tell = (notificationType: string, threshold: number) => ({
    notificationType,
    threshold,
    thresholdType: "PERCENTAGE",
    comparisonOperator: "GREATER_THAN",
    subscriberEmailAddresses: budget.emails,
  });
  new budgets.Budget(
    `${name}-budget`,
    {
      name: `${bucketPrefix}-s3`,
      budgetType: "COST",
      limitAmount: String(budget.monthlyUsd),
      limitUnit: "USD",
      timeUnit: "MONTHLY",
      costFilters: [{ name: "Service", values: ["Amazon Simple Storage Service"] }],
      notifications: [tell("ACTUAL", 80), tell("FORECASTED", 100)],
    },
    { parent, provider },
  );
}
