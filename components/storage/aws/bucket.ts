// One bucket in AWS with everything that guards it, each setting a resource of its own as the provider has it.
import * as kms from "@pulumi/aws/kms";
import type { Provider } from "@pulumi/aws/provider";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { render } from "../access";
import { awsBucketPolicy, keyPolicy } from "../access/aws";
import { dataOptions } from "../data-options";
import type { Rule } from "../lifecycle";
import { awsLifecycleRule } from "./lifecycle";
import type { AwsConfig, AwsNames } from "./names";

export interface AwsBucketArgs {
  readonly bucket: string;
  readonly region: string;
  readonly config: AwsConfig;
  readonly names: AwsNames;
  readonly provider: Provider;
  readonly versioning: boolean;
  readonly protect: boolean;
  readonly rules: readonly Rule[];
  /** Roles that may touch objects. */
  readonly principals: readonly string[];
  /** Roles of copying services. */
  readonly services: readonly string[];
  readonly vpcEndpointId?: pulumi.Input<string>;
  readonly logBucket?: pulumi.Input<string>;
  readonly objectLock?: AwsConfig["objectLock"][number];
  /** What the documents name has to exist first. */
  readonly dependsOn: readonly pulumi.Resource[];
}

export class AwsBucket extends pulumi.ComponentResource {
  readonly bucket: s3.Bucket;
  readonly keyArn: pulumi.Input<string>;
  /** What must be there before data is. */
  readonly guards: pulumi.Resource[];
  readonly versioning: s3.BucketVersioning;

  constructor(
    private readonly name: string,
    private readonly args: AwsBucketArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("granary:storage:Bucket", name, {}, opts);
    this.keyArn = args.config.encryption.keyArn ?? this.key().arn;
    this.bucket = this.makeBucket();
    this.versioning = this.makeVersioning();
    this.guards = [this.versioning, this.ownership(), this.publicAccess(), this.encryption(), this.policy()];
    this.lifecycle();
    this.logging();
    this.lock();
    this.registerOutputs({});
  }

  private makeBucket(): s3.Bucket {
    const { bucket, config, objectLock } = this.args;
    return new s3.Bucket(
      `${this.name}-bucket`,
      {
        bucket,
        ...(config.bucketNamespace === "account-regional" ? { bucketNamespace: "account-regional" } : {}),
        forceDestroy: config.onDestroy === "delete-all-data",
        ...(objectLock ? { objectLockEnabled: true } : {}),
      },
      this.data(),
    );
  }

  private key(): kms.Key {
    const { bucket, config, names, region, principals, services, dependsOn } = this.args;
    const document = keyPolicy({
      bucket,
      region,
      partition: names.partition,
      accountId: config.accountId,
      principals: [...principals, ...services],
    });
    const key = new kms.Key(
      `${this.name}-key`,
      {
        description: `Objects in ${bucket}`,
        enableKeyRotation: true,
        deletionWindowInDays: config.encryption.deletionWindowDays,
        policy: render(document),
      },
      { ...this.data(), dependsOn: [...dependsOn] },
    );
    new kms.Alias(`${this.name}-key-alias`, { name: `alias/${bucket}`, targetKeyId: key.keyId }, this.child());
    return key;
  }

  private makeVersioning(): s3.BucketVersioning {
    const status = this.args.versioning ? "Enabled" : "Suspended";
    const args = { bucket: this.bucket.bucket, versioningConfiguration: { status } };
    return new s3.BucketVersioning(`${this.name}-versioning`, args, this.child());
  }

  private ownership(): pulumi.Resource {
    const args = { bucket: this.bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } };
    return new s3.BucketOwnershipControls(`${this.name}-ownership`, args, this.child());
  }

  private publicAccess(): pulumi.Resource {
    return new s3.BucketPublicAccessBlock(
      `${this.name}-public-access`,
      { bucket: this.bucket.bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      this.child(),
    );
  }

  private encryption(): pulumi.Resource {
    const byDefault = { sseAlgorithm: "aws:kms", kmsMasterKeyId: this.keyArn };
    return new s3.BucketServerSideEncryptionConfiguration(
      `${this.name}-encryption`,
      {
        bucket: this.bucket.bucket,
        rules: [{ applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled: true, blockedEncryptionTypes: ["SSE-C"] }],
      },
      this.child(),
    );
  }

  private policy(): pulumi.Resource {
    const { bucket, names, principals, services, vpcEndpointId, dependsOn } = this.args;
    const base = { bucket, partition: names.partition, principals, services };
    const policy =
      vpcEndpointId === undefined
        ? render(awsBucketPolicy(base))
        : pulumi.output(vpcEndpointId).apply((id) => render(awsBucketPolicy({ ...base, vpcEndpointId: id })));
    return new s3.BucketPolicy(
      `${this.name}-policy`,
      { bucket: this.bucket.bucket, policy },
      { ...this.child(), dependsOn: [...dependsOn] },
    );
  }

  private lifecycle(): void {
    new s3.BucketLifecycleConfiguration(
      `${this.name}-lifecycle`,
      {
        bucket: this.bucket.bucket,
        transitionDefaultMinimumObjectSize: "all_storage_classes_128K",
        rules: this.args.rules.map(awsLifecycleRule),
      },
      { ...this.child(), dependsOn: [this.versioning] },
    );
  }

  private logging(): void {
    const { logBucket, bucket } = this.args;
    if (logBucket === undefined) return;
    const args = { bucket: this.bucket.bucket, targetBucket: logBucket, targetPrefix: `${bucket}/` };
    new s3.BucketLogging(`${this.name}-logging`, args, this.child());
  }

  private lock(): void {
    const { objectLock } = this.args;
    if (!objectLock) return;
    const { mode, period } = objectLock;
    new s3.BucketObjectLockConfiguration(
      `${this.name}-object-lock`,
      { bucket: this.bucket.bucket, rule: { defaultRetention: { mode, days: Math.ceil(period.seconds / 86400) } } },
      { ...this.child(), dependsOn: [this.versioning] },
    );
  }

  private child(): pulumi.CustomResourceOptions {
    return { parent: this, provider: this.args.provider };
  }

  private data(): pulumi.CustomResourceOptions {
    return { ...this.child(), ...dataOptions(this.args.config.onDestroy, this.args.protect) };
  }
}
