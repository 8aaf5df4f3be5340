// Hetzner Object Storage: buckets, rules and policies that narrow the project's keys. Keys are made in its console, since no API makes them.
import * as pulumi from "@pulumi/pulumi";
import type { StorageOf } from "../config/schema/storage";
import { render } from "./access";
import { hetznerBucketPolicy } from "./access/hetzner";
import type { StoreConfig, StoreContext } from "./context";
import { dataOptions } from "./data-options";
import { grantsOf, workloadsOf } from "./grants";
import { Keyring } from "./keyring";
import { rulesFor, s3Lifecycle } from "./lifecycle";
import { bucketNameOf } from "./names";
import { S3Bucket } from "./s3-bucket/resource";
import type { BucketSpec, Endpoint, ObjectBinding, Store } from "./store";

type HetznerConfig = StorageOf<"hetzner">;

export function hetznerEndpoint({ location, egress }: HetznerConfig): Endpoint {
  const host = `${location}.your-objectstorage.com`;
  const reach = { kind: "cidrs", cidrs: egress, port: 443 } as const;
  return { url: `https://${host}`, host, region: location, pathStyle: true, tls: true, reach };
}

export class HetznerStore extends pulumi.ComponentResource implements Store {
  private readonly endpoint: Endpoint;
  private readonly keyring: Keyring;

  constructor(
    private readonly name: string,
    private readonly storage: HetznerConfig,
    config: StoreConfig,
    context: StoreContext,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("granary:storage:Hetzner", name, {}, opts);
    this.endpoint = hetznerEndpoint(storage);
    this.keyring = new Keyring(name, config, context, this);
    this.registerOutputs({});
  }

  bucket(spec: BucketSpec): ObjectBinding {
    const { storage, endpoint, name } = this;
    const bucket = bucketNameOf(storage.bucketPrefix, spec.purpose);
    const grants = grantsOf(spec, storage.grants);
    const address = { bucket, url: endpoint.url };
    for (const workload of workloadsOf(grants)) this.keyring.of(workload, address);
    const component = new pulumi.ComponentResource("granary:storage:Bucket", `${name}-${spec.purpose}`, {}, { parent: this });
    const made = new S3Bucket(
      `${name}-${spec.purpose}-bucket`,
      {
        endpoint: endpoint.url,
        region: endpoint.region,
        pathStyle: endpoint.pathStyle,
        bucket,
        versioning: storage.versioning ?? spec.versioning,
        lifecycle: JSON.stringify(s3Lifecycle(rulesFor(spec, storage))),
        policy: render(hetznerBucketPolicy({ ...storage, bucket, grants })),
        forceDestroy: storage.onDestroy === "delete-all-data",
        ...(storage.takeOver.includes(spec.purpose) ? { takeOver: true } : {}),
      },
      { parent: component, ...dataOptions(storage.onDestroy, spec.protect) },
    );
    const { credentials, ready } = this.keyring.of(spec.workload, address);
    return { kind: "object", bucket, prefix: "", endpoint, credentials, ready: [made, ...ready] };
  }
}
