import { auditor, type Case } from "./case";

export const s3: readonly Case[] = [
  [
    "http without saying so",
    "local",
    { "storage.insecure": false, "storage.managementEndpoint": undefined },
    "granary:storage.endpoint: found http://seaweedfs.seaweedfs.svc:8333; allowed is https, or http with insecure: true in a local stack",
  ],
  [
    "http outside a local stack",
    "local",
    { environment: "staging" },
    "granary:storage.insecure: found true, which only a local stack may say; this one is staging",
  ],
  [
    "an endpoint without a scheme",
    "local",
    { "storage.endpoint": "seaweedfs:8333" },
    'granary:storage.endpoint: found "seaweedfs:8333"; allowed is an address with its scheme and without a path, such as https://s3.example.com:9000',
  ],
  [
    "AWS by another name",
    "local",
    { "storage.endpoint": "https://s3.eu-central-1.amazonaws.com", "storage.managementEndpoint": undefined, "storage.insecure": false },
    "granary:storage.endpoint: is AWS; use kind: aws, which gives roles instead of keys",
  ],
  [
    "a grant that the product cannot keep",
    "local",
    { "storage.product": "minio", "storage.grants": [{ ...auditor }], "secrets.source.secrets.auditor": "auditor-keys" },
    "granary:storage.grants: bucket policies of minio can't name users, so a grant would give nothing; give access there by its own means",
  ],
  [
    "grants: of buckets that are only used",
    "local",
    {
      "storage.buckets": "use",
      "storage.managementEndpoint": undefined,
      "storage.grants": [{ ...auditor }],
      "secrets.source.secrets.auditor": "auditor-keys",
    },
    "granary:storage.grants: leave it out: with buckets: use Granary takes the buckets as they are, and changes nothing about them",
  ],
  [
    "versioning: of buckets that are only used",
    "local",
    { "storage.buckets": "use", "storage.managementEndpoint": undefined, "storage.versioning": false },
    "granary:storage.versioning: leave it out: with buckets: use Granary takes the buckets as they are, and changes nothing about them",
  ],
  [
    "rules: of buckets that are only used",
    "local",
    { "storage.buckets": "use", "storage.managementEndpoint": undefined, "storage.lifecycle": { margin: "3d" } },
    "granary:storage.lifecycle: leave it out: with buckets: use Granary takes the buckets as they are, and changes nothing about them",
  ],
  [
    "users: of buckets that are only used",
    "local",
    { "storage.buckets": "use", "storage.managementEndpoint": undefined, "storage.users": { loki: "loki-writer" } },
    "granary:storage.users: leave it out: with buckets: use Granary takes the buckets as they are, and changes nothing about them",
  ],
  [
    "taking over: of buckets that are only used",
    "local",
    { "storage.buckets": "use", "storage.managementEndpoint": undefined, "storage.takeOver": ["loki-chunks"] },
    "granary:storage.takeOver: leave it out: with buckets: use Granary takes the buckets as they are, and changes nothing about them",
  ],
  [
    "another address for Pulumi: of buckets that are only used",
    "local",
    { "storage.buckets": "use", "storage.managementEndpoint": "http://localhost:8333" },
    "granary:storage.managementEndpoint: leave it out: with buckets: use Granary takes the buckets as they are, and changes nothing about them",
  ],
  [
    "a user of no workload",
    "local",
    { "storage.users": { lokii: "loki-writer" } },
    "granary:storage.users.lokii: is no workload of this stack; did you mean loki?",
  ],
  [
    "users where policies name none",
    "local",
    { "storage.product": "garage", "storage.users": { loki: "loki-writer" } },
    "granary:storage.users: leave it out: bucket policies of garage can't name users",
  ],
  [
    "rules for a product of which nothing is known",
    "local",
    { "storage.product": "other", "storage.lifecycle": { margin: "3d" } },
    "granary:storage.lifecycle: leave it out: of product: other nothing is known, so none are sent",
  ],
  [
    "http for Pulumi alone, without saying so",
    "local",
    { "storage.endpoint": "https://s3.example.com:8333", "storage.managementEndpoint": "http://localhost:8333", "storage.insecure": false },
    "granary:storage.managementEndpoint: found http://localhost:8333; allowed is https, or http with insecure: true in a local stack",
  ],
  [
    "prefixes that overlap",
    "local",
    { "storage.shared": { bucket: "all", prefixes: { "loki-chunks": "logs/", "loki-ruler": "logs/rules/", "tempo-traces": "traces/" } } },
    "granary:storage.shared.prefixes.loki-ruler: found logs/rules/, which overlaps logs/ of loki-chunks: each would see and expire the other's objects",
  ],
  [
    "a purpose without a prefix",
    "local",
    { "storage.shared": { bucket: "all", prefixes: { "loki-chunks": "logs/", "loki-ruler": "rules/" } } },
    "granary:storage.shared.prefixes.tempo-traces: is missing; in a shared bucket each purpose needs a prefix of its own, such as loki/",
  ],
  [
    "a port that policies would close",
    "local",
    { "storage.reach": { kind: "cidrs", cidrs: ["10.0.0.0/8"], port: 443 } },
    "granary:storage.reach.port: found 443, but the endpoint's port is 8333: network policies would let nobody through",
  ],
];
