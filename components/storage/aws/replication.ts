// A second copy of each version in another region, encrypted there with a key of that region.
import type { types } from "@pulumi/aws";
import * as iam from "@pulumi/aws/iam";
import { Provider } from "@pulumi/aws/provider";
import * as s3 from "@pulumi/aws/s3";
import { render } from "../access";
import { replicationPolicy, replicationTrust } from "../access/aws";
import { awsBucketPolicy } from "../access/aws-buckets";
import { keyPolicy } from "../access/aws-keys";
import type { Rule } from "../lifecycle";
import { type Account, commonBucketArgs } from "./account";
import { AwsBucket } from "./bucket";

type Settings = NonNullable<Account["config"]["replication"]>;

export class Replication {
  readonly role: iam.Role;
  private readonly provider: Provider;

  constructor(
    private readonly account: Account,
    private readonly settings: Settings,
  ) {
    const { name, config, names, parent, provider } = account;
    const { accountId, permissionsBoundary, rolePath } = config;
    this.provider = new Provider(
      `${name}-aws-${settings.region}`,
      { region: settings.region, allowedAccountIds: [accountId], defaultTags: { tags: { "managed-by": "granary", ...config.tags } } },
      { parent },
    );
    this.role = new iam.Role(
      `${name}-replication-role`,
      {
        name: names.role("replication"),
        path: rolePath,
        description: `Copies objects to ${settings.region}`,
        assumeRolePolicy: render(replicationTrust(accountId)),
        ...(permissionsBoundary ? { permissionsBoundary } : {}),
      },
      { parent, provider },
    );
  }

  copies(purpose: string): boolean {
    return this.settings.purposes?.includes(purpose) ?? true;
  }

  /** Copies what arrives in `source` from now on. */
  copy(purpose: string, source: AwsBucket, sourceName: string, rules: readonly Rule[]): void {
    const { objectLock } = source;
    const { name, config, names, provider } = this.account;
    const bucket = names.replica(purpose, this.settings.region);
    const replica = this.replica(purpose, bucket, rules, objectLock);
    const policy = new iam.RolePolicy(
      `${name}-${purpose}-replication-policy`,
      {
        name: sourceName,
        role: this.role.name,
        policy: render(
          replicationPolicy({
            ...{ source: sourceName, replica: bucket, partition: names.partition },
            ...{ keyArn: config.encryption.keyArn, locked: objectLock !== undefined },
          }),
        ),
      },
      { parent: source, provider },
    );
    new s3.BucketReplicationConfig(
      `${name}-${purpose}-replication`,
      { bucket: source.bucket.bucket, role: names.roleArn("replication"), rules: [replicationRule(replica)] },
      { parent: source, provider, dependsOn: [source.versioning, replica.versioning, policy, this.role] },
    );
  }

  /** Locked like its source: S3 copies nothing from a locked bucket into one that isn't. */
  private replica(purpose: string, bucket: string, rules: readonly Rule[], objectLock: AwsBucket["objectLock"]): AwsBucket {
    const { name, config, names, parent } = this.account;
    const { accountId, administrators, deployers } = config;
    const { region } = this.settings;
    const services = [names.roleArn("replication")];
    const { partition } = names;
    return new AwsBucket(
      `${name}-${purpose}-replica`,
      {
        ...commonBucketArgs(this.account),
        provider: this.provider,
        bucket,
        encryption: {
          keyPolicy: keyPolicy({ bucket, partition, region, accountId, principals: administrators, services }),
          deletionWindowDays: config.encryption.deletionWindowDays,
        },
        policy: render(awsBucketPolicy({ bucket, partition, principals: administrators, services, deployers })),
        versioning: true,
        rules,
        ...(objectLock ? { objectLock } : {}),
        dependsOn: [this.role],
      },
      { parent },
    );
  }
}

/** Deletions are copied as markers, so that the copy ends with retention as well and can be brought back until then. */
function replicationRule(replica: AwsBucket): types.input.s3.BucketReplicationConfigRule {
  return {
    id: "everything",
    status: "Enabled",
    priority: 0,
    filter: {},
    deleteMarkerReplication: { status: "Enabled" },
    sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
    destination: {
      bucket: replica.bucket.arn,
      ...(replica.keyArn ? { encryptionConfiguration: { replicaKmsKeyId: replica.keyArn } } : {}),
    },
  };
}
