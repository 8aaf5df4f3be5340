// Server access logs: who asked for what, as files in a bucket that only administrators read.
import type * as pulumi from "@pulumi/pulumi";
import { wholeDays } from "../../config/units";
import { render } from "../access";
import { logBucketPolicy } from "../access/aws-buckets";
import { Gathered } from "../gather";
import { type Account, commonBucketArgs } from "./account";
import { AwsBucket } from "./bucket";

export class AccessLogs {
  private readonly sources = new Gathered<string>();
  private readonly target: pulumi.Input<string> | undefined;

  constructor(private readonly account: Account) {
    const { enabled, bucket } = account.config.accessLogs;
    if (enabled) this.target = bucket ?? this.make().bucket.bucket;
  }

  /** Where the accesses of this bucket go; undefined when nobody keeps them. */
  of(bucket: string): pulumi.Input<string> | undefined {
    if (this.target !== undefined) this.sources.add(bucket);
    return this.target;
  }

  private make(): AwsBucket {
    const { name, config, names, parent } = this.account;
    const { accountId, administrators, deployers, accessLogs, lifecycle } = config;
    const bucket = names.bucket("access-logs");
    const args = { bucket, partition: names.partition, accountId, administrators, deployers };
    return new AwsBucket(
      `${name}-access-logs`,
      {
        ...commonBucketArgs(this.account),
        bucket,
        // S3 delivers access logs to no bucket with a customer's key.
        encryption: "AES256",
        policy: this.sources.as((sources) => render(logBucketPolicy(args, sources))),
        versioning: false,
        rules: [
          { id: "abort-uploads", prefix: "", abortUploadsAfterDays: wholeDays(lifecycle.abortUploadsAfter) },
          { id: "expire", prefix: config.bucketPrefix, expireAfterDays: wholeDays(accessLogs.keepFor) },
        ],
        dependsOn: [],
      },
      { parent },
    );
  }
}
