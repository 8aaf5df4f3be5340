// Buckets in Ceph, through Rook: an object store, an owner of all buckets, a user for each workload, and a claim for each bucket.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CephObjectStore, CephObjectStoreUser, ObjectBucketClaim, ServiceMonitor } from "../../kubernetes/custom-resources";
import { previousKeys } from "../../secrets/shape";
import type { WorkloadKeys } from "../../secrets/workload-keys";
import { CertificateAuthority } from "../certificate-authority";
import type { StoreConfig, StoreContext } from "../context";
import { dataOptions } from "../data-options";
import { grantsOf, workloadsOf } from "../grants";
import { Keyring } from "../keyring";
import { bucketNameOf } from "../names";
import { type BucketSpec, type Endpoint, type ObjectBinding, type Store, secretKeys, type Workload } from "../store";
import { claimSpec, ownerUid, storageClassName, workloadUid } from "./claim";
import { objectStoreSpec, type RookCephConfig, rookEndpoint } from "./object-store";
import { claimFieldsReady } from "./operator";

export class RookCephStore extends pulumi.ComponentResource implements Store {
  private readonly endpoint: Endpoint;
  private readonly authority: CertificateAuthority;
  private readonly keyring: Keyring;
  /** The object store, when Granary makes it. */
  private readonly foundation: pulumi.Resource[];
  private readonly beforeClaims: pulumi.Resource[];

  constructor(
    private readonly name: string,
    private readonly storage: RookCephConfig,
    config: StoreConfig,
    private readonly context: StoreContext,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("granary:storage:RookCeph", name, {}, opts);
    this.authority = new CertificateAuthority(name, storage.objectStore.gateway.tls?.ca, context, this);
    this.endpoint = rookEndpoint(storage.objectStore, this.authority.reference);
    this.foundation = this.objectStore();
    this.beforeClaims = [this.owner(), this.storageClass(), ...claimFieldsReady(name, storage.operator, context, this)];
    this.keyring = new Keyring(name, config, context, this, (workload, keys) => this.user(workload, keys));
    if (storage.serviceMonitor) this.serviceMonitor();
    this.registerOutputs({});
  }

  bucket(spec: BucketSpec): ObjectBinding {
    const { storage, endpoint } = this;
    const bucket = bucketNameOf(storage.bucketPrefix, spec.purpose);
    const grants = grantsOf(spec, storage.grants);
    const holders = workloadsOf(grants).map((workload) => ({ workload, entry: this.keyring.of(workload, { bucket, url: endpoint.url }) }));
    const ready = holders.flatMap(({ workload, entry }) => [...entry.ready, ...this.authority.in(workload.namespace)]);
    const component = new pulumi.ComponentResource("granary:storage:Bucket", `${this.name}-${spec.purpose}`, {}, { parent: this });
    const claim = new ObjectBucketClaim(
      `${this.name}-${spec.purpose}-claim`,
      { metadata: { name: bucket, namespace: storage.objectStore.namespace }, spec: claimSpec({ bucket, spec, grants, storage }) },
      {
        ...this.child(component),
        ...dataOptions(storage.onDestroy, spec.protect),
        // The policy names the users, so they come first.
        dependsOn: [...this.beforeClaims, ...ready],
      },
    );
    const { credentials } = this.keyring.of(spec.workload, { bucket, url: endpoint.url });
    return { kind: "object", bucket, prefix: "", endpoint, credentials, ready: [claim, ...ready] };
  }

  private objectStore(): pulumi.Resource[] {
    const { objectStore, onDestroy } = this.storage;
    if (objectStore.existing) return [];
    const metadata = { name: objectStore.name, namespace: objectStore.namespace };
    return [
      new CephObjectStore(
        `${this.name}-object-store`,
        { metadata, spec: objectStoreSpec(objectStore) },
        { ...this.child(), ...dataOptions(onDestroy) },
      ),
    ];
  }

  private storageClass(): pulumi.Resource {
    const { objectStore, operator, onDestroy } = this.storage;
    // Rook reads the class before it deletes a claim, so claims that are kept need it.
    const kept = { ...dataOptions(onDestroy), protect: false };
    return new kubernetes.storage.v1.StorageClass(
      `${this.name}-storage-class`,
      {
        metadata: { name: storageClassName(this.storage) },
        provisioner: `${operator.namespace}.ceph.rook.io/bucket`,
        // Delete would purge every object when a claim goes.
        reclaimPolicy: kept.retainOnDelete ? "Retain" : "Delete",
        parameters: { objectStoreName: objectStore.name, objectStoreNamespace: objectStore.namespace },
      },
      { ...this.child(), ...kept },
    );
  }

  /** Owns every bucket and is nobody's login: its key stays in the store's namespace. */
  private owner(): pulumi.Resource {
    const { objectStore, bucketPrefix, onDestroy } = this.storage;
    const uid = ownerUid(bucketPrefix);
    return new CephObjectStoreUser(
      `${this.name}-owner`,
      {
        metadata: { name: uid, namespace: objectStore.namespace },
        spec: { store: objectStore.name, displayName: "Owner of Granary's buckets" },
      },
      { ...this.child(), ...dataOptions(onDestroy), dependsOn: this.foundation },
    );
  }

  /** A user that owns nothing, with the keys that Granary brings; two pairs while they are being changed. */
  private user(workload: Workload, keys: WorkloadKeys): pulumi.Resource[] {
    const { objectStore, bucketPrefix } = this.storage;
    const uid = workloadUid(bucketPrefix, workload.name);
    const { secretName, resource } = keys.place("user-keys", {
      namespace: objectStore.namespace,
      secretName: `${uid}-keys`,
      shape: keys.userShape,
    });
    const pair = (names: { accessKeyId: string; secretAccessKey: string }) => ({
      accessKeyRef: { name: secretName, key: names.accessKeyId },
      secretKeyRef: { name: secretName, key: names.secretAccessKey },
    });
    const user = new CephObjectStoreUser(
      `${this.name}-${workload.name}-user`,
      {
        metadata: { name: uid, namespace: objectStore.namespace },
        spec: {
          store: objectStore.name,
          displayName: `Granary: ${workload.name}`,
          keys: keys.withPrevious ? [pair(secretKeys), pair(previousKeys)] : [pair(secretKeys)],
          // A workload's user works in buckets that others own and makes none itself; 0 would mean no limit.
          quotas: { maxBuckets: -1 },
        },
      },
      { ...this.child(), dependsOn: [...this.foundation, ...(resource ? [resource] : [])] },
    );
    return [user];
  }

  private serviceMonitor(): void {
    const { namespace } = this.storage.objectStore;
    new ServiceMonitor(
      `${this.name}-service-monitor`,
      {
        metadata: { name: `${this.storage.bucketPrefix}-ceph-exporter`, namespace },
        spec: {
          selector: { matchLabels: { app: "rook-ceph-exporter" } },
          namespaceSelector: { matchNames: [namespace] },
          endpoints: [{ port: "ceph-exporter-http-metrics", path: "/metrics", interval: "30s" }],
        },
      },
      { ...this.child(), dependsOn: this.foundation },
    );
  }

  private child(parent: pulumi.Resource = this): pulumi.CustomResourceOptions {
    return { parent, provider: this.context.kubernetes };
  }
}
