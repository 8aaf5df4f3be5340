// Buckets in AWS: SSE-KMS, roles instead of keys, and a bucket policy that lets in those roles alone.

import { Provider } from "@pulumi/aws/provider";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { tempoOperatorRole } from "../../secrets/shape";
import type { StoreContext } from "../context";
import { grantsOf, workloadsOf } from "../grants";
import { rulesFor } from "../lifecycle";
import type { BucketSpec, Credentials, Endpoint, ObjectBinding, Store, Workload } from "../store";
import { AwsBucket } from "./bucket";
import { type AwsConfig, AwsNames } from "./names";
import { Roles } from "./roles";

export class AwsStore extends pulumi.ComponentResource implements Store {
  private readonly names: AwsNames;
  private readonly provider: Provider;
  private readonly roles: Roles;
  private readonly endpoint: Endpoint;

  constructor(
    private readonly name: string,
    private readonly storage: AwsConfig,
    private readonly context: StoreContext,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("granary:storage:Aws", name, {}, opts);
    const { region, accountId, tags } = storage;
    this.names = new AwsNames(storage);
    this.provider = new Provider(
      `${name}-aws`,
      { region, allowedAccountIds: [accountId], defaultTags: { tags: { "managed-by": "granary", ...tags } } },
      { parent: this },
    );
    this.roles = new Roles(name, storage, this.names, this.provider, this);
    this.endpoint = awsEndpoint(storage, this.names);
    this.registerOutputs({});
  }

  bucket(spec: BucketSpec): ObjectBinding {
    const { storage, names, roles } = this;
    const bucket = names.bucket(spec.purpose);
    const grants = grantsOf(spec, storage.grants);
    const workloads = workloadsOf(grants);
    const roleReady = workloads.flatMap((workload) => roles.of(workload).ready);
    const objectLock = storage.objectLock.find(({ purpose }) => purpose === spec.purpose);
    const made = new AwsBucket(
      `${this.name}-${spec.purpose}`,
      {
        bucket,
        region: storage.region,
        config: storage,
        names,
        provider: this.provider,
        versioning: storage.versioning ?? spec.versioning,
        protect: spec.protect,
        rules: rulesFor(spec, storage),
        principals: [...workloads.map(({ name }) => names.roleArn(name)), ...storage.administrators],
        services: [],
        dependsOn: roleReady,
        ...(objectLock ? { objectLock } : {}),
      },
      { parent: this },
    );
    const policies = workloads.map((workload) => roles.allow(workload, spec.purpose, bucket, grants));
    const operator = this.operatorSecret(spec.workload, bucket);
    return {
      kind: "object",
      bucket,
      prefix: "",
      endpoint: this.endpoint,
      credentials: this.credentials(spec.workload, operator?.metadata.name !== undefined),
      ready: [made.bucket, ...made.guards, ...roleReady, ...policies, ...(operator ? [operator] : [])],
    };
  }

  /** The ARN is plain text, so service accounts show it in a preview; what makes it true is in `ready`. */
  private credentials(workload: Workload, withSecret: boolean): Credentials {
    const roleArn = pulumi.output(this.names.roleArn(workload.name));
    const { kind } = this.storage.identity;
    return withSecret ? { kind, roleArn, secretName: secretNameOf(workload) } : { kind, roleArn };
  }

  /** The Tempo operator reads bucket and role from a Secret, though neither is one. */
  private operatorSecret(workload: Workload, bucket: string): kubernetes.core.v1.Secret | undefined {
    if (workload.secretShape !== "tempo-operator") return undefined;
    const stringData = tempoOperatorRole(bucket, this.storage.region, this.names.roleArn(workload.name));
    return new kubernetes.core.v1.Secret(
      `${this.name}-${workload.name}-role-secret`,
      { metadata: { name: secretNameOf(workload), namespace: workload.namespace }, type: "Opaque", stringData },
      { parent: this, provider: this.context.kubernetes, dependsOn: [...this.context.ready] },
    );
  }
}

const secretNameOf = (workload: Workload): string => `${workload.name}-object-store`;

function awsEndpoint({ region, egress }: AwsConfig, names: AwsNames): Endpoint {
  const host = names.endpointHost;
  return { url: `https://${host}`, host, region, pathStyle: false, tls: true, reach: { kind: "cidrs", cidrs: egress, port: 443 } };
}
