import { describe, expect, test } from "vitest";
import { externalSecretSpec } from "../../components/secrets/external";
import { remoteRef, secretStoreSpec } from "../../components/secrets/secret-store";
import {
  environmentShape,
  externalTemplate,
  partsOf,
  storeUserShape,
  tempoOperatorRole,
  tempoOperatorShape,
} from "../../components/secrets/shape";
import { fingerprint } from "../../components/secrets/workload-keys";

describe("the shapes of Secrets", () => {
  test("environment: the names that the AWS SDKs read", () => {
    expect(externalTemplate(environmentShape)).toEqual({
      AWS_ACCESS_KEY_ID: "{{ .accessKeyId }}",
      AWS_SECRET_ACCESS_KEY: "{{ .secretAccessKey }}",
    });
  });

  test("tempo-operator: its own names, an address with scheme, and no region, with which it would guess another mode", () => {
    expect(externalTemplate(tempoOperatorShape("traces", "https://s3.example.com"))).toEqual({
      access_key_id: "{{ .accessKeyId }}",
      access_key_secret: "{{ .secretAccessKey }}",
      bucket: "traces",
      endpoint: "https://s3.example.com",
    });
  });

  test("tempo-operator with a role: bucket, region and role, no endpoint", () => {
    expect(Object.keys(tempoOperatorRole("traces", "eu-central-1", "arn")).sort()).toEqual(["bucket", "region", "role_arn"]);
  });

  test("a store's user: both pairs while they are being changed", () => {
    expect(partsOf(storeUserShape(false))).toEqual(["accessKeyId", "secretAccessKey"]);
    expect(partsOf(storeUserShape(true))).toEqual(["accessKeyId", "previousAccessKeyId", "previousSecretAccessKey", "secretAccessKey"]);
  });
});

describe("SecretStores", () => {
  const token = { name: "token", key: "token" };
  test.each([
    [
      "1Password Connect",
      { kind: "onepassword-connect", host: "http://connect:8080", vault: "ops", token },
      { onepassword: { connectHost: "http://connect:8080", vaults: { ops: 1 }, auth: { secretRef: { connectTokenSecretRef: token } } } },
    ],
    [
      "1Password's SDK",
      { kind: "onepassword-sdk", vault: "ops", serviceAccountToken: token },
      { onepasswordSDK: { vault: "ops", auth: { serviceAccountSecretRef: token } } },
    ],
    [
      "Vault",
      {
        kind: "vault",
        server: "https://vault:8200",
        path: "secret",
        version: "v2",
        role: "granary",
        mountPath: "kubernetes",
        serviceAccount: "granary",
      },
      {
        vault: {
          server: "https://vault:8200",
          path: "secret",
          version: "v2",
          auth: { kubernetes: { mountPath: "kubernetes", role: "granary", serviceAccountRef: { name: "granary" } } },
        },
      },
    ],
    [
      "AWS Secrets Manager with a role of its own",
      { kind: "aws-secrets-manager", region: "eu-central-1", serviceAccount: "secrets" },
      { aws: { service: "SecretsManager", region: "eu-central-1", auth: { jwt: { serviceAccountRef: { name: "secrets" } } } } },
    ],
    [
      "AWS Secrets Manager with the operator's",
      { kind: "aws-secrets-manager", region: "eu-central-1" },
      { aws: { service: "SecretsManager", region: "eu-central-1" } },
    ],
    [
      "Kubernetes",
      { kind: "kubernetes", namespace: "vault", serviceAccount: "reader" },
      {
        kubernetes: {
          remoteNamespace: "vault",
          auth: { serviceAccount: { name: "reader" } },
          server: { caProvider: { type: "ConfigMap", name: "kube-root-ca.crt", key: "ca.crt" } },
        },
      },
    ],
  ] as const)("%s", (_what, store, provider) => {
    expect(secretStoreSpec(store)).toEqual({ provider });
  });

  test("1Password's SDK names a field within its key, the others beside it", () => {
    expect(remoteRef("onepassword-sdk", "loki", "id")).toEqual({ key: "loki/id" });
    expect(remoteRef("vault", "loki", "id")).toEqual({ key: "loki", property: "id" });
  });
});

describe("ExternalSecrets", () => {
  const source = {
    kind: "external",
    store: { kind: "ClusterSecretStore", name: "company" },
    refreshInterval: { seconds: 3600 },
    remote: {},
  } as const;
  const remote = { key: "loki", accessKeyId: "id", secretAccessKey: "secret" };

  test("yield the very Secret that the workload reads, and keep it when the outside store is gone", () => {
    const spec = externalSecretSpec(source, { kind: "ClusterSecretStore", name: "company" }, remote, "loki-object-store", environmentShape);
    expect(spec).toEqual({
      refreshInterval: "1h",
      secretStoreRef: { kind: "ClusterSecretStore", name: "company" },
      data: [
        { secretKey: "accessKeyId", remoteRef: { key: "loki", property: "id" } },
        { secretKey: "secretAccessKey", remoteRef: { key: "loki", property: "secret" } },
      ],
      target: {
        name: "loki-object-store",
        creationPolicy: "Orphan",
        deletionPolicy: "Retain",
        template: {
          engineVersion: "v2",
          mergePolicy: "Replace",
          type: "Opaque",
          data: { AWS_ACCESS_KEY_ID: "{{ .accessKeyId }}", AWS_SECRET_ACCESS_KEY: "{{ .secretAccessKey }}" },
        },
      },
    });
  });

  test("fetch the pair before from the item that is named for it", () => {
    const both = externalSecretSpec(
      source,
      { kind: "SecretStore", name: "s" },
      { ...remote, previousKey: "loki-before" },
      "x",
      storeUserShape(true),
    );
    const from = Object.fromEntries((both.data ?? []).map(({ secretKey, remoteRef }) => [secretKey, remoteRef.key]));
    expect(from).toEqual({
      accessKeyId: "loki",
      secretAccessKey: "loki",
      previousAccessKeyId: "loki-before",
      previousSecretAccessKey: "loki-before",
    });
  });
});

test("the fingerprint of a pair changes with either key and holds neither", () => {
  const one = fingerprint("ID", "SECRET");
  expect(one).toMatch(/^[0-9a-f]{16}$/);
  expect(new Set([one, fingerprint("ID2", "SECRET"), fingerprint("ID", "SECRET2"), fingerprint("IDS", "ECRET")]).size).toBe(4);
  expect(fingerprint("ID", "SECRET")).toBe(one);
});
