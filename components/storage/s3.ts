// Any S3-compatible endpoint that is there already, with keys that are there already. Buckets are made, or taken as they are.
import * as pulumi from "@pulumi/pulumi";
import type { StorageOf } from "../config/schema/storage";
import { render } from "./access";
import { rgwBucketPolicy } from "./access/rgw";
import { CertificateAuthority } from "./certificate-authority";
import type { StoreConfig, StoreContext } from "./context";
import { dataOptions } from "./data-options";
import { Gathered } from "./gather";
import { beneath, grantsOf, workloadsOf } from "./grants";
import { Keyring } from "./keyring";
import { type Rule, rulesFor, s3Lifecycle } from "./lifecycle";
import { bucketNameOf } from "./names";
import { S3Bucket } from "./s3-bucket/resource";
import { abilities } from "./s3-products";
import type { BucketSpec, Endpoint, Grant, ObjectBinding, Store } from "./store";

type S3Config = StorageOf<"s3">;

export function s3Endpoint({ endpoint, region, pathStyle, reach }: S3Config, ca: Endpoint["ca"]): Endpoint {
  const tls = endpoint.startsWith("https://");
  const host = endpoint.replace(/^https?:\/\//, "");
  return { url: endpoint, host, region, pathStyle, tls, reach, ...(ca ? { ca } : {}) };
}

/** What several purposes want of the one bucket that they may share. */
interface Wish {
  readonly spec: BucketSpec;
  readonly grants: readonly Grant[];
}

export class S3Store extends pulumi.ComponentResource implements Store {
  private readonly endpoint: Endpoint;
  private readonly authority: CertificateAuthority;
  private readonly keyring: Keyring;
  private readonly buckets = new Map<string, { wishes: Gathered<Wish>; made: pulumi.Resource[] }>();

  constructor(
    private readonly name: string,
    private readonly storage: S3Config,
    config: StoreConfig,
    context: StoreContext,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("granary:storage:S3", name, {}, opts);
    this.authority = new CertificateAuthority(name, storage.ca, context, this);
    this.endpoint = s3Endpoint(storage, this.authority.reference);
    this.keyring = new Keyring(name, config, context, this);
    this.registerOutputs({});
  }

  bucket(spec: BucketSpec): ObjectBinding {
    const { storage, endpoint } = this;
    const prefix = storage.shared?.prefixes[spec.purpose] ?? "";
    const bucket = storage.shared?.bucket ?? bucketNameOf(storage.bucketPrefix, spec.purpose);
    const inBucket = beneath(prefix, { ...spec, grants: grantsOf(spec, storage.grants) });
    const address = { bucket, url: endpoint.url };
    const ready = workloadsOf(inBucket.grants).flatMap((workload) => [
      ...this.keyring.of(workload, address).ready,
      ...this.authority.in(workload.namespace),
    ]);
    const { wishes, made } = this.bucketOf(bucket, spec);
    wishes.add({ spec: inBucket, grants: inBucket.grants });
    const { credentials } = this.keyring.of(spec.workload, address);
    return { kind: "object", bucket, prefix, endpoint, credentials, ready: [...made, ...ready] };
  }

  private bucketOf(bucket: string, spec: BucketSpec) {
    const known = this.buckets.get(bucket);
    if (known) return known;
    const wishes = new Gathered<Wish>();
    const entry = { wishes, made: this.storage.buckets === "make" ? [this.make(bucket, spec, wishes)] : [] };
    this.buckets.set(bucket, entry);
    return entry;
  }

  private make(bucket: string, spec: BucketSpec, wishes: Gathered<Wish>): pulumi.Resource {
    const { storage, endpoint, name } = this;
    const id = storage.shared ? "shared" : spec.purpose;
    const component = new pulumi.ComponentResource("granary:storage:Bucket", `${name}-${id}`, {}, { parent: this });
    const { lifecycle } = abilities[storage.product];
    return new S3Bucket(
      `${name}-${id}-bucket`,
      {
        endpoint: endpoint.url,
        ...(storage.managementEndpoint ? { managementEndpoint: storage.managementEndpoint } : {}),
        region: endpoint.region,
        pathStyle: endpoint.pathStyle,
        bucket,
        versioning: wishes.as((all) => this.versioned(all)),
        ...(lifecycle ? { lifecycle: wishes.as((all) => JSON.stringify(s3Lifecycle(this.rules(all)))) } : {}),
        ...this.policy(bucket, wishes),
        forceDestroy: storage.onDestroy === "delete-all-data",
        ...((storage.shared ? storage.takeOver.length > 0 : storage.takeOver.includes(spec.purpose)) ? { takeOver: true } : {}),
      },
      { parent: component, ...dataOptions(storage.onDestroy, spec.protect) },
    );
  }

  private versioned(wishes: readonly Wish[]): boolean {
    const wanted = this.storage.versioning ?? wishes.some(({ spec }) => spec.versioning);
    return wanted && abilities[this.storage.product].versioning;
  }

  /** Rules that concern the whole bucket are the same in each wish, and there once. */
  private rules(wishes: readonly Wish[]): Rule[] {
    const versioning = this.versioned(wishes);
    const rules = wishes.flatMap(({ spec }) => rulesFor(spec, { ...this.storage, versioning }));
    return [...new Map(rules.map((rule) => [rule.id, rule])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private policy(bucket: string, wishes: Gathered<Wish>): { policy?: pulumi.Output<string> } {
    const { principal, tlsCondition = false } = abilities[this.storage.product];
    if (!principal) return {};
    const principalOf = (workload: string) => [principal(this.storage.users[workload] ?? workload)];
    const tls = this.endpoint.tls && tlsCondition;
    const compile = (all: readonly Wish[]) =>
      render(rgwBucketPolicy({ bucket, grants: all.flatMap(({ grants }) => grants), principalOf, tls }));
    return { policy: wishes.as(compile) };
  }
}
