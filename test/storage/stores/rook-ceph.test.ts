import { describe, expect, test } from "vitest";
import type { PreviewResult } from "../../support/preview";
import { type Inputs, inputsOf } from "../support/inputs";
import { previewStore, withStorage } from "../support/stack";

describe("rook-ceph", () => {
  interface Claim {
    metadata: { namespace: string };
    spec: { additionalConfig: Record<string, string> };
  }
  const claim = (result: PreviewResult, purpose: string) => result.resource(`store-${purpose}-claim`).inputs as unknown as Claim;

  test("claims carry owner, policy and rules each time, since Rook deletes what is left out", async () => {
    const result = await previewStore("dev");
    for (const purpose of ["loki-chunks", "loki-ruler", "tempo-traces"]) {
      const { additionalConfig } = claim(result, purpose).spec;
      expect(additionalConfig.bucketOwner).toBe("granary-dev-owner");
      expect(JSON.parse(additionalConfig.bucketPolicy ?? "").Statement.length).toBeGreaterThan(1);
      const ids = JSON.parse(additionalConfig.bucketLifecycle ?? "").Rules.map(({ ID }: { ID: string }) => ID);
      expect(ids).toEqual([...ids].sort());
    }
  });

  test("the owner's key stays away from workloads: claims are in the store's namespace, after the owner", async () => {
    const result = await previewStore("dev");
    expect(claim(result, "loki-chunks").metadata.namespace).toBe("rook-ceph");
    const { dependsOn } = result.resource("store-loki-chunks-claim");
    for (const name of ["store-owner", "store-storage-class", "store-loki-user"])
      expect(dependsOn.some((urn) => urn.endsWith(`::${name}`))).toBe(true);
  });

  test("users have no capability and make no buckets; the class keeps objects when a claim goes", async () => {
    const result = await previewStore("dev");
    for (const { inputs } of result.ofType(/:CephObjectStoreUser$/)) expect((inputs as Inputs).spec).not.toHaveProperty("capabilities");
    expect(inputsOf(result, "store-loki-user").spec).toMatchObject({ quotas: { maxBuckets: -1 } });
    expect(inputsOf(result, "store-storage-class")).toMatchObject({
      reclaimPolicy: "Retain",
      provisioner: "rook-ceph.ceph.rook.io/bucket",
      parameters: { objectStoreName: "granary", objectStoreNamespace: "rook-ceph" },
    });
  });

  test("with TLS no plain port is open, and clients are told whom to trust", async () => {
    const result = await previewStore("dev");
    const { gateway } = inputsOf(result, "store-object-store").spec as unknown as { gateway: object };
    expect(gateway).toMatchObject({ securePort: 443, sslCertificateRef: "granary-rgw-tls" });
    expect(gateway).not.toHaveProperty("port");
    const [chunks] = result.outputs.bindings as unknown as { endpoint: object }[];
    expect(chunks?.endpoint).toMatchObject({
      url: "https://rook-ceph-rgw-granary.rook-ceph.svc:443",
      tls: true,
      ca: { secretName: "granary-rgw-ca", key: "ca.crt" },
    });
  });

  test("an authority in the configuration is put beside the workloads", async () => {
    const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    const tls = { certificateSecret: "rgw-tls", ca: { certificate } };
    const result = await previewStore("dev", withStorage("dev", { objectStore: { gateway: { tls } } }));
    expect(inputsOf(result, "store-ca-observability").metadata).toMatchObject({ name: "object-store-ca", namespace: "observability" });
  });

  test("quotas, erasure coding, resources and settings of the gateway reach the store", async () => {
    const result = await previewStore("dev");
    expect(claim(result, "loki-chunks").spec.additionalConfig.bucketMaxSize).toBe(`${500 * 2 ** 30}`);
    expect(inputsOf(result, "store-object-store").spec).toMatchObject({
      preservePoolsOnDelete: true,
      metadataPool: { replicated: { size: 3, requireSafeReplicaSize: true } },
      dataPool: { failureDomain: "host", erasureCoded: { dataChunks: 2, codingChunks: 1 } },
      gateway: { instances: 2, resources: { requests: { cpu: "500m", memory: "1Gi" } }, rgwConfig: { rgw_bucket_counters_cache: "true" } },
    });
  });

  test("the rest of a store's settings reach it as well", async () => {
    const objectStore = {
      metadataPool: { replicas: 3, failureDomain: "rack", deviceClass: "ssd" },
      dataPool: { replicas: 3, failureDomain: "rack", deviceClass: "hdd", compression: "aggressive" },
      preservePoolsOnDelete: false,
      gateway: {
        instances: 3,
        port: 8000,
        placement: { podAntiAffinity: {} },
        priorityClass: "high",
        serviceAnnotations: { team: "platform" },
        operationsLog: true,
      },
      healthCheck: { readiness: false },
      encryption: { kind: "sse-s3", address: "https://vault.vault.svc:8200", tokenSecret: "rgw-vault" },
    };
    const result = await previewStore("dev", withStorage("dev", { objectStore, serviceMonitor: true }));
    expect(inputsOf(result, "store-object-store").spec).toMatchObject({
      preservePoolsOnDelete: false,
      metadataPool: { failureDomain: "rack", deviceClass: "ssd" },
      dataPool: { replicated: { size: 3 }, parameters: { compression_mode: "aggressive" } },
      gateway: {
        instances: 3,
        port: 8000,
        placement: { podAntiAffinity: {} },
        priorityClassName: "high",
        service: { annotations: { team: "platform" } },
        opsLogSidecar: {},
      },
      healthCheck: { readinessProbe: { disabled: true }, startupProbe: { disabled: false } },
      security: {
        s3: {
          tokenSecretName: "rgw-vault",
          connectionDetails: { KMS_PROVIDER: "vault", VAULT_ADDR: "https://vault.vault.svc:8200", VAULT_SECRET_ENGINE: "transit" },
        },
      },
    });
    expect(inputsOf(result, "store-service-monitor").spec).toMatchObject({ selector: { matchLabels: { app: "rook-ceph-exporter" } } });
    const [chunks] = result.outputs.bindings as unknown as { endpoint: { url: string; reach: object } }[];
    // Network policies see pods, which listen elsewhere than their service does.
    expect(chunks?.endpoint).toMatchObject({ url: "http://rook-ceph-rgw-granary.rook-ceph.svc:8000", reach: { port: 8080 } });
  });

  test("a gateway on the nodes' network or outside the cluster is reached where the stack says", async () => {
    const reach = { kind: "cidrs", cidrs: ["192.0.2.0/28"], port: 80 };
    const { outputs } = await previewStore("dev", withStorage("dev", { objectStore: { existing: true, gateway: { port: 80 }, reach } }));
    const bindings = outputs.bindings as unknown as { endpoint: { reach: object } }[];
    for (const { endpoint } of bindings) expect(endpoint.reach).toEqual(reach);
  });

  test("a store that is there already gets users and buckets, and is not touched itself", async () => {
    const result = await previewStore(
      "dev",
      withStorage("dev", { objectStore: { existing: true, name: "shared", gateway: { port: 80 } } }),
    );
    expect(result.ofType(/:CephObjectStore$/)).toEqual([]);
    expect(inputsOf(result, "store-loki-user").spec).toMatchObject({ store: "shared" });
  });
});
