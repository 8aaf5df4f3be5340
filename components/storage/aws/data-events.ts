// Each access to an object as an event in CloudTrail, in a bucket and with a key of its own.
import * as cloudtrail from "@pulumi/aws/cloudtrail";
import type * as pulumi from "@pulumi/pulumi";
import { wholeDays } from "../../config/units";
import { objectsArn, render } from "../access";
import { trailBucketPolicy } from "../access/aws-buckets";
import { trailKeyPolicy } from "../access/aws-keys";
import { Gathered } from "../gather";
import type { AccessLogs } from "./access-logs";
import { type Account, commonBucketArgs, encryptionOf } from "./account";
import { AwsBucket } from "./bucket";

export class DataEvents {
  private readonly sources = new Gathered<string>();

  constructor(
    private readonly account: Account,
    private readonly accessLogs: AccessLogs,
  ) {
    if (account.config.dataEvents.enabled) this.make();
  }

  watch(bucket: string): void {
    this.sources.add(bucket);
  }

  private make(): void {
    const { name, names, provider } = this.account;
    const made = this.bucket();
    new cloudtrail.Trail(
      `${name}-data-events`,
      {
        name: names.trail,
        s3BucketName: made.bucket.bucket,
        ...(made.keyArn ? { kmsKeyId: made.keyArn } : {}),
        enableLogFileValidation: true,
        includeGlobalServiceEvents: false,
        advancedEventSelectors: this.sources.as((buckets) => [
          {
            name: "Objects",
            fieldSelectors: [
              { field: "eventCategory", equals: ["Data"] },
              { field: "resources.type", equals: ["AWS::S3::Object"] },
              // Everything below the bucket: an ARN without the final wildcard.
              { field: "resources.ARN", startsWiths: buckets.map((bucket) => objectsArn(bucket, "", names.partition).slice(0, -1)).sort() },
            ],
          },
        ]),
      },
      { parent: made, provider, dependsOn: made.guards },
    );
  }

  private bucket(): AwsBucket {
    const { name, config, names, parent } = this.account;
    const { accountId, administrators, deployers, dataEvents, lifecycle, region } = config;
    const bucket = names.bucket("trail");
    const { partition, trailArn } = names;
    const logBucket: pulumi.Input<string> | undefined = this.accessLogs.of(bucket);
    const keyPolicy = trailKeyPolicy({ bucket, partition, region, accountId, principals: administrators }, trailArn);
    return new AwsBucket(
      `${name}-trail`,
      {
        ...commonBucketArgs(this.account),
        bucket,
        encryption: encryptionOf(config, keyPolicy),
        policy: render(trailBucketPolicy({ bucket, partition, accountId, administrators, deployers }, trailArn)),
        versioning: true,
        rules: [
          { id: "abort-uploads", prefix: "", abortUploadsAfterDays: wholeDays(lifecycle.abortUploadsAfter) },
          { id: "expire", prefix: "AWSLogs/", expireAfterDays: wholeDays(dataEvents.keepFor) },
          { id: "noncurrent", prefix: "", noncurrentAfterDays: wholeDays(lifecycle.noncurrentAfter), dropDeleteMarkers: true },
        ],
        dependsOn: [],
        ...(logBucket === undefined ? {} : { logBucket }),
      },
      { parent },
    );
  }
}
