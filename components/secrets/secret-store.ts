// The configuration of a SecretStore, one provider each.
import type { SecretStoreConfig } from "../config/schema/secrets";
import type { SecretStoreSpec } from "../kubernetes/generated/SecretStore.gen";

export type MadeStore = Exclude<SecretStoreConfig, { kind: "SecretStore" | "ClusterSecretStore" }>;

export function secretStoreSpec(store: MadeStore): SecretStoreSpec {
  return { provider: provider(store) };
}

function provider(store: MadeStore): SecretStoreSpec["provider"] {
  switch (store.kind) {
    case "onepassword-connect":
      return {
        onepassword: {
          connectHost: store.host,
          vaults: { [store.vault]: 1 },
          auth: { secretRef: { connectTokenSecretRef: store.token } },
        },
      };
    case "onepassword-sdk":
      return { onepasswordSDK: { vault: store.vault, auth: { serviceAccountSecretRef: store.serviceAccountToken } } };
    case "vault":
      return {
        vault: {
          server: store.server,
          path: store.path,
          version: store.version,
          auth: { kubernetes: { mountPath: store.mountPath, role: store.role, serviceAccountRef: { name: store.serviceAccount } } },
        },
      };
    case "aws-secrets-manager":
      return {
        aws: {
          service: "SecretsManager",
          region: store.region,
          ...(store.serviceAccount ? { auth: { jwt: { serviceAccountRef: { name: store.serviceAccount } } } } : {}),
        },
      };
    case "kubernetes":
      return {
        kubernetes: {
          remoteNamespace: store.namespace,
          auth: { serviceAccount: { name: store.serviceAccount } },
          // The operator reads the cluster it runs in; its own certificate authority is in every namespace.
          server: { caProvider: { type: "ConfigMap", name: "kube-root-ca.crt", key: "ca.crt" } },
        },
      };
  }
}

/** Items of 1Password's SDK and Kubernetes Secrets are named whole; the other providers take a property of an item. */
export function remoteRef(kind: SecretStoreConfig["kind"], key: string, property: string): { key: string; property?: string } {
  return kind === "onepassword-sdk" ? { key: `${key}/${property}` } : { key, property };
}
