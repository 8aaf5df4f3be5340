// Buckets in AWS: SSE-KMS, roles instead of keys, and a bucket policy that lets in those roles alone.

import { Provider } from "@pulumi/aws/provider";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { wholeDays } from "../../config/units";
import { tempoOperatorRole } from "../../secrets/shape";
import { render } from "../access";
import { type AwsBucketPolicyArgs, awsBucketPolicy } from "../access/aws-buckets";
import { keyPolicy } from "../access/aws-keys";
import type { StoreContext } from "../context";
import { grantsOf, workloadsOf } from "../grants";
import { rulesFor, type StorageClass, type Transition } from "../lifecycle";
import type { BucketSpec, Credentials, Endpoint, ObjectBinding, Store, Workload } from "../store";
import { AccessLogs } from "./access-logs";
import { type Account, commonBucketArgs, encryptionOf } from "./account";
import { watchBucket, watchCosts } from "./alarms";
import { AwsBucket } from "./bucket";
import { DataEvents } from "./data-events";
import { type AwsConfig, AwsNames } from "./names";
import { Replication } from "./replication";
import { Roles } from "./roles";
import { VpcEndpoint } from "./vpc-endpoint";

export class AwsStore extends pulumi.ComponentResource implements Store {
  private readonly account: Account;
  private readonly roles: Roles;
  private readonly endpoint: Endpoint;
  private readonly vpcEndpoint: VpcEndpoint;
  private readonly accessLogs: AccessLogs;
  private readonly dataEvents: DataEvents;
  private readonly replication: Replication | undefined;

  constructor(
    private readonly name: string,
    private readonly storage: AwsConfig,
    private readonly context: StoreContext,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("granary:storage:Aws", name, {}, opts);
    const { region, accountId, tags } = storage;
    const provider = new Provider(
      `${name}-aws`,
      { region, allowedAccountIds: [accountId], defaultTags: { tags: { "managed-by": "granary", ...tags } } },
      { parent: this },
    );
    this.account = { name, config: storage, names: new AwsNames(storage), provider, parent: this };
    this.endpoint = awsEndpoint(storage, this.account.names);
    this.roles = new Roles(this.account);
    this.vpcEndpoint = new VpcEndpoint(this.account);
    this.accessLogs = new AccessLogs(this.account);
    this.dataEvents = new DataEvents(this.account, this.accessLogs);
    this.replication = storage.replication && new Replication(this.account, storage.replication);
    watchCosts(this.account);
    this.registerOutputs({});
  }

  bucket(spec: BucketSpec): ObjectBinding {
    const { account, storage, roles } = this;
    const bucket = account.names.bucket(spec.purpose);
    const grants = grantsOf(spec, storage.grants);
    const workloads = workloadsOf(grants);
    const roleReady = workloads.flatMap((workload) => roles.of(workload).ready);
    const made = this.makeBucket(spec, bucket, workloads, roleReady);
    const policies = workloads.map((workload) => roles.allow(workload, spec.purpose, bucket, grants));
    this.dataEvents.watch(bucket);
    this.vpcEndpoint.serve(bucket, grants);
    watchBucket(account, spec.purpose, made, bucket);
    const operator = this.operatorSecret(spec.workload, bucket);
    return {
      kind: "object",
      bucket,
      prefix: "",
      endpoint: this.endpoint,
      credentials: this.credentials(spec.workload, operator !== undefined),
      ready: [made.bucket, ...made.guards, ...roleReady, ...policies, ...(operator ? [operator] : [])],
    };
  }

  private makeBucket(spec: BucketSpec, bucket: string, workloads: readonly Workload[], roleReady: readonly pulumi.Resource[]): AwsBucket {
    const { account, storage, replication } = this;
    const { names } = account;
    const { region, accountId, administrators, deployers } = storage;
    const { partition } = names;
    const copies = replication?.copies(spec.purpose) === true;
    const principals = [...workloads.map(({ name }) => names.roleArn(name)), ...administrators];
    const services = copies ? [names.roleArn("replication")] : [];
    const objectLock = storage.objectLock.find(({ purpose }) => purpose === spec.purpose);
    const logBucket = this.accessLogs.of(bucket);
    const rules = rulesFor(spec, storage, transitionsOf(storage, spec.purpose));
    const made = new AwsBucket(
      `${this.name}-${spec.purpose}`,
      {
        ...commonBucketArgs(account, spec.protect),
        bucket,
        encryption: encryptionOf(storage, keyPolicy({ bucket, partition, region, accountId, principals, services })),
        policy: this.policy({ bucket, partition, principals, services, deployers }),
        versioning: storage.versioning ?? spec.versioning,
        rules,
        dependsOn: [...roleReady, ...(copies && replication ? [replication.role] : [])],
        ...(objectLock ? { objectLock } : {}),
        ...(logBucket === undefined ? {} : { logBucket }),
      },
      { parent: this },
    );
    if (copies) replication?.copy(spec.purpose, made, bucket, rules);
    return made;
  }

  private policy(args: AwsBucketPolicyArgs): pulumi.Input<string> {
    const { id } = this.vpcEndpoint;
    if (id === undefined || typeof id === "string") return render(awsBucketPolicy(id ? { ...args, vpcEndpointId: id } : args));
    return pulumi.output(id).apply((vpcEndpointId) => render(awsBucketPolicy({ ...args, vpcEndpointId })));
  }

  /** The ARN is plain text, so service accounts show it in a preview; what makes it true is in `ready`. */
  private credentials(workload: Workload, withSecret: boolean): Credentials {
    const roleArn = pulumi.output(this.account.names.roleArn(workload.name));
    const { kind } = this.storage.identity;
    return withSecret ? { kind, roleArn, secretName: secretNameOf(workload) } : { kind, roleArn };
  }

  /** The Tempo operator reads bucket and role from a Secret, though neither is one. */
  private operatorSecret(workload: Workload, bucket: string): kubernetes.core.v1.Secret | undefined {
    if (workload.secretShape !== "tempo-operator") return undefined;
    const stringData = tempoOperatorRole(bucket, this.storage.region, this.account.names.roleArn(workload.name));
    return new kubernetes.core.v1.Secret(
      `${this.name}-${workload.name}-role-secret`,
      { metadata: { name: secretNameOf(workload), namespace: workload.namespace }, type: "Opaque", stringData },
      { parent: this, provider: this.context.kubernetes },
    );
  }
}

/** Configuration has been checked: each class reads at once, and each move pays. */
const transitionsOf = ({ transitions }: AwsConfig, purpose: string): Transition[] =>
  transitions
    .filter((transition) => transition.purpose === purpose)
    .map(({ to, after }) => ({ to: to as StorageClass, afterDays: wholeDays(after) }))
    .sort((a, b) => a.afterDays - b.afterDays);

const secretNameOf = (workload: Workload): string => `${workload.name}-object-store`;

function awsEndpoint({ region, egress }: AwsConfig, names: AwsNames): Endpoint {
  const host = names.endpointHost;
  return { url: `https://${host}`, host, region, pathStyle: false, tls: true, reach: { kind: "cidrs", cidrs: egress, port: 443 } };
}
