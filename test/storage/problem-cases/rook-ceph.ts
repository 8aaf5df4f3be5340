import type { Case } from "./case";

const gateway = "storage.objectStore.gateway";

export const rook: readonly Case[] = [
  [
    "two ways to keep data",
    "dev",
    { "storage.objectStore.dataPool.replicas": 3 },
    "granary:storage.objectStore.dataPool: has both replicas and erasureCoded; a pool keeps its data one way or the other",
  ],
  [
    "two replicas in production",
    "dev",
    { environment: "production", "storage.objectStore.dataPool": { replicas: 2 } },
    "granary:storage.objectStore.dataPool.replicas: found 2; a production stack keeps 3 copies or more, so that one can be lost while another is restored",
  ],
  [
    "one coding chunk in production",
    "dev",
    { environment: "production" },
    "granary:storage.objectStore.dataPool.erasureCoded.codingChunks: found 1; a production stack needs 2 or more, so that one can be lost while another is restored",
  ],
  [
    "more coding than data",
    "dev",
    { "storage.objectStore.dataPool.erasureCoded": { dataChunks: 2, codingChunks: 4 } },
    "granary:storage.objectStore.dataPool.erasureCoded.codingChunks: found 4 for 2 data chunks, which takes more space than replicas do; use replicas, or fewer coding chunks",
  ],
  [
    "an unknown failure domain",
    "dev",
    { "storage.objectStore.dataPool.failureDomain": "hosts" },
    'granary:storage.objectStore.dataPool.failureDomain: found "hosts"; allowed is one of osd, host, rack, row, room, zone, region, datacenter; did you mean host?',
  ],
  [
    "a plain port beside TLS",
    "dev",
    { [`${gateway}.port`]: 80 },
    "granary:storage.objectStore.gateway.port: leave it out: with tls no plain HTTP port is opened, since no policy can close it again",
  ],
  [
    "http in production",
    "dev",
    { environment: "production", "storage.objectStore.dataPool": { replicas: 3 }, [`${gateway}.tls`]: undefined },
    "granary:storage.objectStore.gateway.tls: is missing; a production stack speaks TLS: {port: 443, certificateSecret: name}",
  ],
  [
    "one gateway in production",
    "dev",
    { environment: "production", "storage.objectStore.dataPool": { replicas: 3 }, [`${gateway}.instances`]: 1 },
    "granary:storage.objectStore.gateway.instances: found 1; a production stack needs 2 or more to stay up while one is replaced",
  ],
  [
    "a store beside the workloads",
    "dev",
    { "storage.objectStore.namespace": "observability" },
    "granary:storage.objectStore.namespace: found observability, where the workloads are: claims put the owner's key there, which no workload may read; take the namespace of the CephCluster",
  ],
  [
    "settings for someone else's store",
    "dev",
    { "storage.objectStore": { existing: true, dataPool: { replicas: 3 } } },
    "granary:storage.objectStore.dataPool: leave it out: an existing store is made by someone else, and Granary only adds users and buckets",
  ],
  [
    "a log in someone else's gateway",
    "dev",
    { "storage.objectStore": { existing: true, gateway: { operationsLog: true } } },
    "granary:storage.objectStore.gateway.operationsLog: leave it out: an existing store is made by someone else, and Granary only adds users and buckets",
  ],
  [
    "probes of someone else's gateway",
    "dev",
    { "storage.objectStore": { existing: true, healthCheck: { startup: false } } },
    "granary:storage.objectStore.healthCheck: leave it out: an existing store is made by someone else, and Granary only adds users and buckets",
  ],
  [
    "SSE-S3 with the wrong engine",
    "dev",
    {
      "storage.objectStore.encryption": {
        kind: "sse-s3",
        address: "https://vault.vault.svc:8200",
        tokenSecret: "vault",
        secretEngine: "kv",
      },
    },
    "granary:storage.objectStore.encryption.secretEngine: found kv; SSE-S3 works with Vault's transit engine alone",
  ],
  [
    "an authority by certificate and by Secret",
    "dev",
    { [`${gateway}.tls.ca`]: {} },
    "granary:storage.objectStore.gateway.tls.ca: found a map; allowed is either certificate or secret",
  ],
  [
    "a private key as certificate",
    "dev",
    { [`${gateway}.tls.ca`]: { certificate: "-----BEGIN PRIVATE KEY-----" } },
    'granary:storage.objectStore.gateway.tls.ca.certificate: found "-----BEGIN PRIVATE KEY-----"; allowed is a certificate in PEM, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----',
  ],
  [
    "a quota that limits nothing",
    "dev",
    { "storage.quotas": { "loki-chunks": {} } },
    "granary:storage.quotas.loki-chunks: limits nothing; it takes maxSize, maxObjects or both",
  ],
  [
    "a quota for no bucket",
    "dev",
    { "storage.quotas": { "loki-rules": { maxSize: "1Gi" } } },
    "granary:storage.quotas.loki-rules: is no bucket of this stack; did you mean loki-ruler?",
  ],
  [
    "versions in Rook's buckets",
    "dev",
    { "storage.versioning": true },
    "granary:storage.versioning: found true, but Rook's bucket claims have no field for it: the buckets would have no versions; leave it out",
  ],
];
