import { afterAll, beforeAll, expect, it } from "vitest";
import { previewStore, type Settings, stackSettings, withStorage } from "../storage/support/stack";
import { type Kubernetes, kubernetes, testData } from "./servers";
import { installDefinitions } from "./support/definitions";
import { stackObjects } from "./support/stack-objects";
import { describeReal } from "./support/suite";

// What the four stacks don't use of Rook and External Secrets: every other setting makes objects that their definitions take.

const token = { name: "token", key: "token" };
const remote = { loki: { key: "loki" }, tempo: { key: "tempo" } };
const outside = (store: Settings): Settings => ({ ...stackSettings("hetzner"), secrets: { source: { kind: "external", store, remote } } });
const vault = { address: "https://vault.vault.svc:8200", tokenSecret: "rgw-vault" };

const variants: Record<string, [stack: string, settings: Settings]> = {
  "1Password Connect": ["hetzner", outside({ kind: "onepassword-connect", host: "http://connect:8080", vault: "ops", token })],
  "1Password's SDK": ["hetzner", outside({ kind: "onepassword-sdk", vault: "ops", serviceAccountToken: token })],
  Vault: ["hetzner", outside({ kind: "vault", server: "https://vault:8200", role: "granary", serviceAccount: "granary" })],
  "AWS Secrets Manager": ["hetzner", outside({ kind: "aws-secrets-manager", region: "eu-central-1", serviceAccount: "secrets" })],
  "AWS Secrets Manager by the operator": ["hetzner", outside({ kind: "aws-secrets-manager", region: "eu-central-1" })],
  Kubernetes: ["hetzner", outside({ kind: "kubernetes", namespace: "vault", serviceAccount: "reader" })],
  "a ClusterSecretStore that is there": ["hetzner", outside({ kind: "ClusterSecretStore", name: "company" })],
  "two pairs of keys on Rook": [
    "dev",
    {
      ...stackSettings("dev"),
      secrets: {
        source: {
          kind: "external",
          store: { kind: "ClusterSecretStore", name: "company" },
          remote: { ...remote, loki: { key: "loki", previousKey: "before" } },
        },
      },
    },
  ],
  "SSE-S3, replicas, placement and all": [
    "dev",
    withStorage("dev", {
      serviceMonitor: true,
      operator: { claimFields: "set" },
      objectStore: {
        metadataPool: { replicas: 3, failureDomain: "rack", deviceClass: "ssd" },
        dataPool: { replicas: 3, failureDomain: "rack", deviceClass: "hdd", compression: "aggressive" },
        preservePoolsOnDelete: false,
        gateway: {
          instances: 3,
          port: 8000,
          placement: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: "storage", operator: "Exists" }] }],
              },
            },
          },
          priorityClass: "system-cluster-critical",
          serviceAnnotations: { team: "platform" },
          operationsLog: true,
        },
        healthCheck: { readiness: false, startup: false },
        encryption: { kind: "sse-s3", ...vault },
      },
      quotas: { "loki-chunks": { maxSize: "500Gi", maxObjects: 1000000 } },
    }),
  ],
  "SSE-KMS": [
    "dev",
    withStorage("dev", {
      objectStore: {
        gateway: { tls: { certificateSecret: "rgw" } },
        encryption: { kind: "sse-kms", ...vault, secretEngine: "kv", backendPath: "rook" },
      },
    }),
  ],
  "a store that is there": [
    "dev",
    withStorage("dev", { bucketPrefix: "granary-shared", objectStore: { existing: true, name: "shared", gateway: { port: 80 } } }),
  ],
};

describeReal("an API server and what stores can make", [kubernetes, testData("crds")], () => {
  let cluster: Kubernetes;
  beforeAll(async () => {
    cluster = await kubernetes.start();
  });
  afterAll(() => cluster?.stop());

  it.each(Object.keys(variants))("takes %s", async (name) => {
    const [stack, settings] = variants[name] ?? ["", {}];
    const { objects } = stackObjects((await previewStore(stack, settings)).resources);
    await installDefinitions(cluster.client, objects);
    const namespaces = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
    for (const namespace of namespaces) await cluster.client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
    const refused: string[] = [];
    for (const object of objects) await cluster.client.apply(object).catch((error: Error) => refused.push(error.message));
    expect(refused).toEqual([]);
    expect(objects.length).toBeGreaterThan(1);
  });
});
