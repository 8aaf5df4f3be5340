// What AWS will call things, as far as configuration alone decides it: so policies are plain text in a preview.
import type { StorageOf } from "../../config/schema/storage";
import { partitionOf } from "../access/aws";
import { accountRegionalName, bucketNameOf } from "../names";

export type AwsConfig = StorageOf<"aws">;

export class AwsNames {
  readonly partition: string;

  constructor(private readonly config: AwsConfig) {
    this.partition = partitionOf(config.region);
  }

  bucket(purpose: string, region = this.config.region): string {
    const { bucketPrefix, bucketNamespace, accountId } = this.config;
    const name = bucketNameOf(bucketPrefix, purpose);
    return bucketNamespace === "account-regional" ? accountRegionalName(name, accountId, region) : name;
  }

  replica(purpose: string, region: string): string {
    return this.bucket(`${purpose}-replica`, region);
  }

  /** The buckets of this region that AWS itself writes into. */
  get serviceBuckets(): string[] {
    const { accessLogs, dataEvents } = this.config;
    return [
      ...(accessLogs.enabled && !accessLogs.bucket ? [this.bucket("access-logs")] : []),
      ...(dataEvents.enabled ? [this.bucket("trail")] : []),
    ];
  }

  role(workload: string): string {
    return `${this.config.bucketPrefix}-${workload}`;
  }

  roleArn(workload: string): string {
    return this.iamArn(`role${this.config.rolePath}${this.role(workload)}`);
  }

  iamArn(resource: string): string {
    return `arn:${this.partition}:iam::${this.config.accountId}:${resource}`;
  }

  clusterArn(cluster: string): string {
    const { region, accountId } = this.config;
    return `arn:${this.partition}:eks:${region}:${accountId}:cluster/${cluster}`;
  }

  get trail(): string {
    return `${this.config.bucketPrefix}-objects`;
  }

  get trailArn(): string {
    const { region, accountId } = this.config;
    return `arn:${this.partition}:cloudtrail:${region}:${accountId}:trail/${this.trail}`;
  }

  get endpointHost(): string {
    const suffix = this.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    return `s3.${this.config.region}.${suffix}`;
  }
}
