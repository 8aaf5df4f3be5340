// Where ExternalSecrets look: a store that is there already, or one that Granary makes in each namespace that needs it.
import type { Provider } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { SecretStore } from "../kubernetes/custom-resources";
import type { ExternalSource, StoreRef } from "./external";
import { secretStoreSpec } from "./secret-store";

const storeName = "granary-object-store-keys";

export class SecretStores {
  private readonly made = new Map<string, SecretStore>();

  constructor(
    private readonly name: string,
    private readonly opts: { parent: pulumi.Resource; provider: Provider },
  ) {}

  /** A SecretStore reaches its own namespace alone. */
  in(namespace: string, { store }: ExternalSource): { ref: StoreRef; resource?: pulumi.Resource } {
    if ("name" in store) return { ref: { kind: store.kind, name: store.name } };
    const made = this.made.get(namespace) ?? this.make(namespace, store);
    this.made.set(namespace, made);
    return { ref: { kind: "SecretStore", name: storeName }, resource: made };
  }

  private make(namespace: string, store: Parameters<typeof secretStoreSpec>[0]): SecretStore {
    const args = { metadata: { name: storeName, namespace }, spec: secretStoreSpec(store) };
    return new SecretStore(`${this.name}-secret-store-${namespace}`, args, this.opts);
  }
}
