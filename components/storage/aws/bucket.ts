// One bucket in AWS with everything that guards it, each setting a resource of its own as the provider has it.
import * as kms from "@pulumi/aws/kms";
import type { Provider } from "@pulumi/aws/provider";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { wholeDays } from "../../config/units";
import { type PolicyDocument, render } from "../access";
import type { Rule } from "../lifecycle";
import { awsLifecycleRule } from "./lifecycle";
import type { AwsConfig } from "./names";

/** A key that is there, one to be made with this policy, or S3's own where nothing else is possible. */
export type Encryption =
  | { readonly keyArn: string }
  | { readonly keyPolicy: PolicyDocument; readonly deletionWindowDays: number }
  | "AES256";

export interface AwsBucketArgs {
  readonly bucket: string;
  readonly accountRegional: boolean;
  readonly provider: Provider;
  readonly encryption: Encryption;
  readonly policy: pulumi.Input<string>;
  readonly versioning: boolean;
  readonly rules: readonly Rule[];
  /** Where access is logged. */
  readonly logBucket?: pulumi.Input<string>;
  readonly objectLock?: AwsConfig["objectLock"][number];
  /** Options of what holds data. */
  readonly data: Pick<pulumi.CustomResourceOptions, "protect" | "retainOnDelete">;
  readonly forceDestroy: boolean;
  /** What the documents name has to exist first. */
  readonly dependsOn: readonly pulumi.Resource[];
}

export class AwsBucket extends pulumi.ComponentResource {
  readonly bucket: s3.Bucket;
  readonly keyArn: pulumi.Input<string> | undefined;
  readonly objectLock: AwsBucketArgs["objectLock"];
  readonly versioning: s3.BucketVersioning;
  /** What must be there before data is. */
  readonly guards: pulumi.Resource[];

  constructor(
    private readonly name: string,
    private readonly args: AwsBucketArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("granary:storage:Bucket", name, {}, opts);
    this.keyArn = this.keyOf(args.encryption);
    this.objectLock = args.objectLock;
    this.bucket = this.makeBucket();
    this.versioning = this.makeVersioning();
    this.guards = [this.versioning, this.ownership(), this.publicAccess(), this.encryption(), this.policy()];
    this.lifecycle();
    this.logging();
    this.lock();
    this.registerOutputs({});
  }

  private makeBucket(): s3.Bucket {
    const { bucket, accountRegional, forceDestroy, objectLock } = this.args;
    return new s3.Bucket(
      `${this.name}-bucket`,
      {
        bucket,
        ...(accountRegional ? { bucketNamespace: "account-regional" } : {}),
        forceDestroy,
        ...(objectLock ? { objectLockEnabled: true } : {}),
      },
      this.guard(),
    );
  }

  private keyOf(encryption: Encryption): pulumi.Input<string> | undefined {
    if (encryption === "AES256") return undefined;
    return "keyArn" in encryption ? encryption.keyArn : this.key(encryption.keyPolicy, encryption.deletionWindowDays).arn;
  }

  private key(policy: PolicyDocument, deletionWindowInDays: number): kms.Key {
    const { bucket, dependsOn } = this.args;
    const key = new kms.Key(
      `${this.name}-key`,
      { description: `Objects in ${bucket}`, enableKeyRotation: true, deletionWindowInDays, policy: render(policy) },
      { ...this.guard(), dependsOn: [...dependsOn] },
    );
    new kms.Alias(`${this.name}-key-alias`, { name: `alias/${bucket}`, targetKeyId: key.keyId }, this.child());
    return key;
  }

  private makeVersioning(): s3.BucketVersioning {
    const status = this.args.versioning ? "Enabled" : "Suspended";
    const args = { bucket: this.bucket.bucket, versioningConfiguration: { status } };
    return new s3.BucketVersioning(`${this.name}-versioning`, args, this.guard());
  }

  private ownership(): pulumi.Resource {
    const args = { bucket: this.bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } };
    return new s3.BucketOwnershipControls(`${this.name}-ownership`, args, this.guard());
  }

  private publicAccess(): pulumi.Resource {
    const blocked = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
    return new s3.BucketPublicAccessBlock(`${this.name}-public-access`, { bucket: this.bucket.bucket, ...blocked }, this.guard());
  }

  private encryption(): pulumi.Resource {
    const { keyArn } = this;
    const byKey = keyArn && {
      applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
      bucketKeyEnabled: true,
    };
    const rule = byKey ?? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
    return new s3.BucketServerSideEncryptionConfiguration(
      `${this.name}-encryption`,
      { bucket: this.bucket.bucket, rules: [{ ...rule, blockedEncryptionTypes: ["SSE-C"] }] },
      this.guard(),
    );
  }

  private policy(): pulumi.Resource {
    const { policy, dependsOn } = this.args;
    const args = { bucket: this.bucket.bucket, policy };
    return new s3.BucketPolicy(`${this.name}-policy`, args, { ...this.guard(), dependsOn: [...dependsOn] });
  }

  private lifecycle(): void {
    new s3.BucketLifecycleConfiguration(
      `${this.name}-lifecycle`,
      {
        bucket: this.bucket.bucket,
        // Smaller objects are billed as if they had this size in the classes for rare access.
        transitionDefaultMinimumObjectSize: "all_storage_classes_128K",
        rules: this.args.rules.map(awsLifecycleRule),
      },
      { ...this.guard(), dependsOn: [this.versioning] },
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
      { bucket: this.bucket.bucket, rule: { defaultRetention: { mode, days: wholeDays(period) } } },
      { ...this.guard(), dependsOn: [this.versioning] },
    );
  }

  private child(): pulumi.CustomResourceOptions {
    return { parent: this, provider: this.args.provider };
  }

  /** What decides who reaches the data and how long it lasts stays as long as the data does. */
  private guard(): pulumi.CustomResourceOptions {
    return { ...this.child(), ...this.args.data };
  }
}
