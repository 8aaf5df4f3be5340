// The keys of a store's workloads: one set each, made when the first bucket asks for them.
import type * as pulumi from "@pulumi/pulumi";
import { SecretStores } from "../secrets/secret-stores";
import { environmentShape, tempoOperatorShape } from "../secrets/shape";
import { keysSource } from "../secrets/source";
import { WorkloadKeys } from "../secrets/workload-keys";
import type { StoreConfig, StoreContext } from "./context";
import type { Credentials, Workload } from "./store";

export interface BucketAddress {
  readonly bucket: string;
  readonly url: string;
}

interface Entry {
  readonly keys: WorkloadKeys;
  readonly credentials: Extract<Credentials, { kind: "secret" }>;
  readonly ready: readonly pulumi.Resource[];
}

/** What a store does to accept a workload's keys; the Secrets for the workload come after it. */
export type Enroll = (workload: Workload, keys: WorkloadKeys) => readonly pulumi.Resource[];

export class Keyring {
  private readonly entries = new Map<string, Entry>();
  private readonly stores: SecretStores;

  constructor(
    private readonly name: string,
    private readonly config: StoreConfig,
    private readonly context: StoreContext,
    private readonly parent: pulumi.Resource,
    private readonly enroll: Enroll = () => [],
  ) {
    this.stores = new SecretStores(name, { parent, provider: context.kubernetes });
  }

  /** `address` is for readers that expect bucket and endpoint beside the keys. */
  of(workload: Workload, address: BucketAddress): Entry {
    const known = this.entries.get(workload.name);
    if (known) return known;
    const entry = this.make(workload, address);
    this.entries.set(workload.name, entry);
    return entry;
  }

  private make(workload: Workload, address: BucketAddress): Entry {
    const { storage, secrets, keys: given = {} } = this.config;
    const source = keysSource(storage.kind, secrets);
    if (!source) throw new Error(`a store of kind ${storage.kind} has no keys`);
    const keys = new WorkloadKeys(
      `${this.name}-${workload.name}`,
      {
        workload: workload.name,
        source,
        rotation: secrets.rotation[workload.name],
        keys: given,
        stores: this.stores,
        kubernetes: this.context.kubernetes,
      },
      { parent: this.parent },
    );
    const enrolled = this.enroll(workload, keys);
    const shape = workload.secretShape === "tempo-operator" ? tempoOperatorShape(address.bucket, address.url) : environmentShape;
    const place = { namespace: workload.namespace, secretName: `${workload.name}-object-store`, shape };
    const { secretName, resource } = keys.place("keys", place, enrolled);
    return {
      keys,
      credentials: { kind: "secret", secretName, revision: keys.revision },
      ready: resource ? [...enrolled, resource] : enrolled,
    };
  }
}
