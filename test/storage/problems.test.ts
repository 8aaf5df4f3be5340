import { describe, expect, test } from "vitest";
import { type Change, problemsOf } from "./support/settings";

const auditor = { workload: "auditor", namespace: "audit", serviceAccounts: ["auditor"], purpose: "loki-chunks", actions: ["read"] };
const writer = { ...auditor, actions: ["read", "write"] };
const two = (a: object, b: object) => [a, b] as never;

/** One change to a good stack each; the whole error that it gives, and no other. */
type Case = [what: string, stack: string, change: Change, error: string];

const buckets: Case[] = [
  [
    "a prefix with capitals",
    "prod",
    { "storage.bucketPrefix": "Granary" },
    'granary:storage.bucketPrefix: found "Granary"; allowed is what buckets\' names begin with: 1 to 32 lower case letters, digits and hyphens, no hyphen at either end',
  ],
  [
    "a bucket's name that gets too long",
    "prod",
    { "storage.bucketPrefix": "observability-in-production" },
    "granary:storage.bucketPrefix: makes the bucket name observability-in-production-tempo-traces-123456789012-eu-central-1-an, which has 69 characters, and a bucket's name takes 3 to 63",
  ],
  [
    "a name that S3 keeps for itself",
    "hetzner",
    { "storage.bucketPrefix": "xn--granary" },
    "granary:storage.bucketPrefix: makes the bucket name xn--granary-tempo-traces, which begins with what S3 keeps for itself",
  ],
  [
    "a missing prefix where names are worldwide",
    "hetzner",
    { "storage.bucketPrefix": undefined },
    "granary:storage.bucketPrefix: is missing; it takes what buckets' names begin with: 1 to 32 lower case letters, digits and hyphens, no hyphen at either end",
  ],
  [
    "destruction in production",
    "prod",
    { "storage.onDestroy": "delete-all-data" },
    "granary:storage.onDestroy: found delete-all-data, which a production stack may not say; allowed is keep-all-data",
  ],
];

const grants: Case[] = [
  [
    "a grant on no bucket",
    "dev",
    { "storage.grants": [{ ...auditor, purpose: "loki-chunk" }] },
    "granary:storage.grants[0].purpose: found loki-chunk, which is no bucket of this stack; there are loki-chunks, loki-ruler, tempo-traces",
  ],
  [
    "a grant to Loki itself",
    "dev",
    { "storage.grants": [{ ...auditor, workload: "loki" }] },
    "granary:storage.grants[0].workload: loki gets what it needs from Granary itself; a grant is for another workload, with keys of its own",
  ],
  [
    "a grant of everything",
    "dev",
    { "storage.grants": [{ ...auditor, actions: ["*"] }] },
    'granary:storage.grants[0].actions[0]: found "*"; allowed is one of read, write, delete, list, tag',
  ],
  [
    "a grant of nothing",
    "dev",
    { "storage.grants": [{ ...auditor, actions: [] }] },
    "granary:storage.grants[0].actions: found a list; allowed is a list of at least 1 entries",
  ],
  [
    "a prefix without an end",
    "dev",
    { "storage.grants": [{ ...auditor, prefix: "team-a" }] },
    'granary:storage.grants[0].prefix: found "team-a"; allowed is a prefix: names of letters, digits, dots, hyphens and _, each followed by /, such as team-a/',
  ],
  [
    "a prefix with a wildcard",
    "dev",
    { "storage.grants": [{ ...auditor, prefix: "team-*/" }] },
    'granary:storage.grants[0].prefix: found "team-*/"; allowed is a prefix: names of letters, digits, dots, hyphens and _, each followed by /, such as team-a/',
  ],
  [
    "one workload in two namespaces",
    "dev",
    { "storage.grants": two(auditor, { ...auditor, namespace: "elsewhere", purpose: "loki-ruler" }) },
    "granary:storage.grants[1].workload: auditor has another namespace or other service accounts in an earlier grant; one workload has one set of keys",
  ],
  [
    "a prefix inside another writer's",
    "dev",
    { "storage.grants": two({ ...writer, prefix: "team-a/" }, { ...writer, workload: "copier", prefix: "team-a/x/" }) },
    "granary:storage.grants[1].prefix: copier would change what auditor changes: team-a/x/ overlaps team-a/",
  ],
  [
    "a writer in the index of all tenants",
    "dev",
    { "storage.grants": [{ ...writer, prefix: "index/" }] },
    "granary:storage.grants[0].prefix: index/ holds what belongs to all tenants; only the program itself may change it",
  ],
  [
    "a writer over several tenants",
    "dev",
    { "logs.gateway": { enabled: false }, tenants: [{ name: "team-a" }, { name: "team-b" }], "storage.grants": [writer] as never },
    "granary:storage.grants[0].prefix: auditor would change objects of 2 tenants at once; give it one tenant's prefix, such as team-a/",
  ],
];

const cleanUp: Case[] = [
  [
    "a lifecycle shorter than retention",
    "dev",
    { "storage.lifecycle": { expireAfter: { "loki-chunks": "7d" } } },
    "granary:storage.lifecycle.expireAfter.loki-chunks: found 7d, but fake/ is kept for 33d with all delays: the store would delete what is still queried; at least 34d",
  ],
  [
    "a lifecycle shorter than a tenant's retention",
    "dev",
    {
      "logs.gateway": { enabled: false },
      tenants: [{ name: "team-a", logs: { retention: "90d" } }],
      "storage.lifecycle": { expireAfter: { "loki-chunks": "60d" } },
    },
    "granary:storage.lifecycle.expireAfter.loki-chunks: found 60d, but team-a/ is kept for 93d with all delays: the store would delete what is still queried; at least 94d",
  ],
  [
    "an expiry for rules",
    "dev",
    { "storage.lifecycle": { expireAfter: { "loki-ruler": "90d" } } },
    "granary:storage.lifecycle.expireAfter.loki-ruler: what this bucket holds never expires; leave it out",
  ],
  [
    "an expiry for an unknown bucket",
    "dev",
    { "storage.lifecycle": { expireAfter: { "tempo-trace": "90d" } } },
    "granary:storage.lifecycle.expireAfter.tempo-trace: is no bucket of this stack; did you mean tempo-traces?",
  ],
  [
    "hours in a lifecycle",
    "dev",
    { "storage.lifecycle": { abortUploadsAfter: "36h" } },
    "granary:storage.lifecycle.abortUploadsAfter: found 36 hours; lifecycle rules count in whole days, such as 2d",
  ],
];

const keyValues = { accessKeyId: "EXAMPLELOKI000000000", secretAccessKey: "not-a-real-secret" };
const other = { accessKeyId: "EXAMPLETEMPO00000000", secretAccessKey: "not-a-real-secret" };
const given = { "secrets.source": { kind: "pulumi" } };
const source = "secrets.source";

const keys: Case[] = [
  [
    "keys where there are roles",
    "prod",
    given,
    "granary:secrets.source: leave it out: workloads in AWS get roles (granary:storage.identity); a workload with keys as well would have two identities, and which one it uses would be chance",
  ],
  ["keys for volumes", "filesystem", given, "granary:secrets.source: leave it out: volumes have no keys"],
  [
    "keys that Granary cannot give to the store",
    "hetzner",
    { [source]: { kind: "made" } },
    "granary:secrets.source.kind: found made, but a hetzner store has no way to be given keys; make them there and choose pulumi, existing or external",
  ],
  [
    "a Secret that Rook cannot see",
    "dev",
    { [source]: { kind: "existing", secrets: { loki: "a", tempo: "b" } } },
    "granary:secrets.source.kind: found existing, but Rook needs the keys beside the store as well as beside the workload; choose made, pulumi or external",
  ],
  [
    "no word on where keys are",
    "local",
    { secrets: undefined },
    "granary:secrets.source: is missing; the store's keys are made elsewhere, so say where they are: existing, pulumi or external",
  ],
  [
    "a workload without a Secret",
    "local",
    { [source]: { kind: "existing", secrets: { loki: "loki-keys" } } },
    "granary:secrets.source.secrets.tempo: is missing; it takes the name of the Secret that holds this workload's keys",
  ],
  [
    "a Secret for nobody",
    "local",
    { [`${source}.secrets.temp`]: "temp-keys" },
    "granary:secrets.source.secrets.temp: is no workload of this stack; did you mean tempo?",
  ],
  [
    "a Secret used by two workloads",
    "local",
    { [`${source}.secrets.tempo`]: "loki-object-store" },
    "granary:secrets.source.secrets: loki and tempo have the same keys; each workload needs keys of its own, or none could be told from the other, narrowed or changed alone",
  ],
  [
    "an item used by two workloads",
    "hetzner",
    { [`${source}.remote.tempo`]: { key: "loki-object-store" } },
    "granary:secrets.source.remote: loki and tempo have the same keys; each workload needs keys of its own, or none could be told from the other, narrowed or changed alone",
  ],
  [
    "a key used by two workloads",
    "hetzner",
    { ...given, keys: { loki: keyValues, tempo: keyValues } },
    "granary:keys: loki and tempo have the same keys; each workload needs keys of its own, or none could be told from the other, narrowed or changed alone",
  ],
  [
    "a workload without an item",
    "hetzner",
    { [`${source}.remote`]: { loki: { key: "loki" } } },
    "granary:secrets.source.remote.tempo: is missing; it says where this workload's keys are in the outside store, such as {key: item}",
  ],
  [
    "a workload without keys",
    "hetzner",
    { ...given, keys: { loki: keyValues } },
    "granary:keys.tempo: is missing; run `pulumi config set --secret --path 'granary:keys.tempo.accessKeyId'` and type the value when asked, and the same for secretAccessKey",
  ],
  [
    "keys that nobody uses",
    "hetzner",
    { keys: { loki: keyValues, tempo: other } },
    "granary:keys: holds keys, but this stack's come by secrets.source external; take them out, or choose pulumi",
  ],
  [
    "a rotation of nobody's keys",
    "dev",
    { "secrets.rotation": { temop: { generation: 2 } } },
    "granary:secrets.rotation.temop: is no workload of this stack; did you mean tempo?",
  ],
  [
    "a generation before the first",
    "dev",
    { "secrets.rotation": { loki: { generation: 0 } } },
    "granary:secrets.rotation.loki.generation: found 0; allowed is at least 1",
  ],
  [
    "a rotation of keys that are in the configuration",
    "hetzner",
    { ...given, keys: { loki: keyValues, tempo: other }, "secrets.rotation": { loki: { generation: 2 } } },
    "granary:secrets.rotation: leave it out: these keys are in granary:keys, and pods restart when they change there",
  ],
  [
    "the pair before, of keys that come from outside",
    "hetzner",
    { "secrets.rotation": { loki: { generation: 2, keepPrevious: false } } },
    "granary:secrets.rotation.loki.keepPrevious: leave it out: only of keys that Granary makes does it know the pair before; these come by secrets.source external",
  ],
  [
    "the pair in use as the one before",
    "dev",
    { ...given, keys: { loki: { ...keyValues, previous: keyValues }, tempo: other } },
    "granary:keys.loki.previous: is the pair in use; leave it out, or keep the pair from before there",
  ],
  [
    "an item before where the store isn't told",
    "hetzner",
    { [`${source}.remote.loki`]: { key: "new", previousKey: "old" } },
    "granary:secrets.source.remote.loki.previousKey: only a rook-ceph store is told which keys are valid; in a hetzner store the keys themselves decide",
  ],
  [
    "a vault without a scheme",
    "hetzner",
    { [`${source}.store.host`]: "onepassword-connect:8080" },
    'granary:secrets.source.store.host: found "onepassword-connect:8080"; allowed is an address with its scheme, such as https://onepassword-connect.example.com',
  ],
];

const gateway = "storage.objectStore.gateway";
const rook: Case[] = [
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

const move = (to: string, after: string) => ({ "storage.transitions": [{ purpose: "loki-chunks", to, after }] });
const aws: Case[] = [
  [
    "an account that is no account",
    "prod",
    { "storage.accountId": "1234" },
    'granary:storage.accountId: found "1234"; allowed is an AWS account\'s number: 12 digits, in quotes',
  ],
  [
    "an unknown form of region",
    "prod",
    { "storage.region": "frankfurt" },
    'granary:storage.region: found "frankfurt"; allowed is an AWS region, such as eu-central-1',
  ],
  [
    "a gateway endpoint, and network policies that open private networks alone",
    "prod",
    {
      "storage.vpcEndpoint": { kind: "made", vpcId: "vpc-0123456789abcdef0", routeTableIds: ["rtb-0123456789abcdef0"] },
      "storage.egress": ["10.0.0.0/16", "172.31.0.0/16"],
    },
    "granary:storage.egress: found 10.0.0.0/16, 172.31.0.0/16, private alone; the gateway endpoint that is made leaves S3 at its public addresses, and network policies would open none of them: add those that `aws ec2 describe-prefix-lists --region eu-central-1 --filters Name=prefix-list-name,Values=com.amazonaws.eu-central-1.s3` lists",
  ],
  [
    "a bucket of the stack's own among others at the endpoint",
    "prod",
    {
      "storage.vpcEndpoint": {
        kind: "made",
        vpcId: "vpc-0123456789abcdef0",
        routeTableIds: ["rtb-0123456789abcdef0"],
        others: [{ bucket: "granary-prod-loki-chunks-123456789012-eu-central-1-an", actions: ["read"] }],
      },
      "storage.egress": ["52.219.44.0/22"],
    },
    "granary:storage.vpcEndpoint.others[0].bucket: found granary-prod-loki-chunks-123456789012-eu-central-1-an, a bucket of this stack: storage.grants says who else reaches it",
  ],
  [
    "nobody who runs Pulumi",
    "prod",
    { "storage.deployers": undefined },
    "granary:storage.deployers: is missing; it takes at least one role or user that runs Pulumi",
  ],
  [
    "an empty list of those who run Pulumi",
    "prod",
    { "storage.deployers": [] },
    "granary:storage.deployers: found a list; allowed is a list of at least 1 entries",
  ],
  [
    "a session in the place of its role",
    "prod",
    { "storage.deployers": ["arn:aws:sts::123456789012:assumed-role/deploy/session"] },
    'granary:storage.deployers[0]: found "arn:aws:sts::123456789012:assumed-role/deploy/session"; allowed is a role or user by its whole ARN, such as arn:aws:iam::123456789012:role/deploy; of a session, the ARN of its role with its path',
  ],
  [
    "somebody of another account who runs Pulumi",
    "prod",
    { "storage.deployers": ["arn:aws:iam::210987654321:role/deploy"] },
    "granary:storage.deployers[0]: found a name from account 210987654321; this stack is in 123456789012",
  ],
  [
    "everyone as a principal",
    "prod",
    { "storage.administrators": ["*"] },
    'granary:storage.administrators[0]: found "*"; allowed is a role or user by its whole ARN, such as arn:aws:iam::123456789012:role/break-glass, without wildcards',
  ],
  [
    "a whole account as a principal",
    "prod",
    { "storage.administrators": ["arn:aws:iam::123456789012:root"] },
    'granary:storage.administrators[0]: found "arn:aws:iam::123456789012:root"; allowed is a role or user by its whole ARN, such as arn:aws:iam::123456789012:role/break-glass, without wildcards',
  ],
  [
    "a principal from another account",
    "prod",
    { "storage.administrators": ["arn:aws:iam::210987654321:role/break-glass"] },
    "granary:storage.administrators[0]: found a name from account 210987654321; this stack is in 123456789012",
  ],
  [
    "a principal from another partition",
    "prod",
    { "storage.administrators": ["arn:aws-cn:iam::123456789012:role/x"] },
    "granary:storage.administrators[0]: found arn:aws-cn:iam::123456789012:role/x; in eu-central-1 ARNs begin with arn:aws:",
  ],
  [
    "a key from another region",
    "prod",
    { "storage.encryption": { keyArn: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab" } },
    "granary:storage.encryption.keyArn: found a name from us-east-1; the buckets are in eu-central-1",
  ],
  [
    "an issuer with its scheme",
    "prod",
    { "storage.identity.issuer": "https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE" },
    'granary:storage.identity.issuer: found "https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE"; allowed is the cluster\'s OIDC issuer without https://, such as oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  ],
  [
    "any audience",
    "prod",
    { "storage.identity.audience": "*" },
    "granary:storage.identity.audience: found *; roles are pinned to one audience, such as sts.amazonaws.com",
  ],
  [
    "two identities at once",
    "prod",
    { "storage.identity.cluster": "prod" },
    "granary:storage.identity.cluster: is not a key that Granary knows; known here: kind, issuer, audience",
  ],
  [
    "a transition to GLACIER",
    "prod",
    move("GLACIER", "30d"),
    "granary:storage.transitions[0].to: found GLACIER, from which objects must be restored before they are read: queries would fail; allowed are STANDARD_IA, INTELLIGENT_TIERING, GLACIER_IR",
  ],
  [
    "a transition that comes too early",
    "prod",
    { ...move("STANDARD_IA", "10d"), "logs.retention": "90d" },
    "granary:storage.transitions[0].after: found 10d; S3 moves nothing to STANDARD_IA before 30d",
  ],
  [
    "a transition that cannot pay",
    "prod",
    move("STANDARD_IA", "30d"),
    "granary:storage.transitions[0].after: found 30d; loki-chunks is kept for 33d and STANDARD_IA is billed for 30d at least, so this would cost more than it saves; at most 3d",
  ],
  [
    "a transition of rules",
    "prod",
    { "storage.transitions": [{ purpose: "loki-ruler", to: "STANDARD_IA", after: "30d" }] },
    "granary:storage.transitions[0].purpose: loki-ruler is small and never expires; a transition would cost more than it saves",
  ],
  [
    "a copy in the same region",
    "prod",
    { "storage.replication": { region: "eu-central-1" } },
    "granary:storage.replication.region: found eu-central-1, where the buckets are; a copy belongs in another region",
  ],
  [
    "a copy without versions",
    "prod",
    { "storage.replication": { region: "eu-west-1" }, "storage.versioning": false },
    "granary:storage.versioning: S3 copies versions only, and loki-chunks, loki-ruler, tempo-traces would have none; set true",
  ],
  [
    "a lock longer than retention",
    "prod",
    { "storage.objectLock": [{ purpose: "loki-chunks", mode: "GOVERNANCE", period: "90d" }] },
    "granary:storage.objectLock[0].period: found 90d, longer than the 33d for which loki-chunks is kept: nothing could be deleted when it is due",
  ],
  [
    "logs of the logs",
    "prod",
    { "storage.bucketNamespace": "global", "storage.accessLogs": { bucket: "granary-prod-loki-chunks" } },
    "granary:storage.accessLogs.bucket: found granary-prod-loki-chunks, one of the buckets that are logged: each log would cause the next",
  ],
  [
    "a VPC endpoint that is none",
    "prod",
    { "storage.vpcEndpoint": { kind: "existing", id: "vpc-0123456789abcdef0" } },
    'granary:storage.vpcEndpoint.id: found "vpc-0123456789abcdef0"; allowed is an id such as vpce-0123456789abcdef0',
  ],
  [
    "no networks to reach S3 at",
    "prod",
    { "storage.egress": [] },
    "granary:storage.egress: found a list; allowed is a list of at least 1 entries",
  ],
];

const others: Case[] = [
  [
    "an unknown location",
    "hetzner",
    { "storage.location": "fra1" },
    'granary:storage.location: found "fra1"; allowed is one of fsn1, nbg1, hel1; did you mean fsn1?',
  ],
  [
    "no administrator's key",
    "hetzner",
    { "storage.administratorKeyIds": [] },
    "granary:storage.administratorKeyIds: found a list; allowed is a list of at least 1 entries",
  ],
  [
    "a workload without a key",
    "hetzner",
    { "storage.accessKeyIds.tempo": undefined },
    "granary:storage.accessKeyIds.tempo: is missing; make a key for this workload in Hetzner's console and put its id here, as a list",
  ],
  [
    "a key of two workloads",
    "hetzner",
    { "storage.accessKeyIds.tempo": ["EXAMPLELOKI000000000"] },
    "granary:storage.accessKeyIds: loki and tempo have the same key EXAMPLELOKI000000000; each workload needs one of its own",
  ],
  [
    "an administrator's key for a workload",
    "hetzner",
    { "storage.accessKeyIds.tempo": ["EXAMPLEADMIN00000000"] },
    "granary:storage.accessKeyIds.tempo: found EXAMPLEADMIN00000000, an administrator's key, which keeps every right; make another for tempo",
  ],
  [
    "a project by name",
    "hetzner",
    { "storage.projectId": "observability" },
    'granary:storage.projectId: found "observability"; allowed is the project\'s number, in quotes, such as "1234567"',
  ],
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
    "taking over what is no bucket",
    "hetzner",
    { "storage.takeOver": ["loki"] },
    "granary:storage.takeOver[0]: found loki, which is no bucket of this stack; there are loki-chunks, loki-ruler, tempo-traces",
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
  [
    "a volume that is too small",
    "filesystem",
    { "storage.perDay": { "loki-chunks": "2Gi" } },
    "granary:storage.volumes.loki-chunks.size: 10Gi is too small: 2Gi a day for 33 days needs 66Gi; take more, or keep less",
  ],
  [
    "a volume for nothing",
    "filesystem",
    { "storage.volumes": { loki: { size: "10Gi" } } },
    "granary:storage.volumes.loki: is no volume of this stack; there are loki-chunks, tempo-traces",
  ],
  [
    "a volume for rules, which lie beside the chunks",
    "filesystem",
    { "storage.volumes": { "loki-ruler": { size: "1Gi" } } },
    "granary:storage.volumes.loki-ruler: has no volume of its own: it lies on that of loki-chunks; leave it out",
  ],
  [
    "rules by the day",
    "filesystem",
    { "storage.perDay": { "loki-ruler": "1Gi" } },
    "granary:storage.perDay.loki-ruler: has no volume of its own: it lies on that of loki-chunks; leave it out",
  ],
];

const table = { buckets, grants, cleanUp, keys, rook, aws, others };

for (const [name, cases] of Object.entries(table)) {
  describe(`bad settings: ${name}`, () => {
    test.each(cases)("%s", (_what, stack, change, error) => {
      expect(problemsOf(stack, change)).toEqual([error]);
    });
  });
}

test("the table holds every kind of mistake, each with words of its own", () => {
  const errors = Object.values(table)
    .flat()
    .map(([, , , error]) => error);
  expect(errors.length).toBeGreaterThanOrEqual(80);
  expect(new Set(errors).size).toBe(errors.length);
});

test.each(["dev", "prod", "hetzner", "local", "filesystem"])("%s as it is has nothing wrong", (stack) => {
  expect(problemsOf(stack, {})).toEqual([]);
});

test("several mistakes are told at once", () => {
  const found = problemsOf("hetzner", {
    "storage.onDestroy": "delete-all-data",
    "storage.accessKeyIds.tempo": undefined,
    "storage.lifecycle": { margin: "1h" },
  });
  expect(found).toHaveLength(3);
});

test("no error repeats a key", () => {
  const secret = "SECRETSECRETSECRET";
  const found = problemsOf("hetzner", {
    keys: { loki: { accessKeyId: secret, secretAccessKey: secret }, tempo: { accessKeyId: secret, secretAccessKey: "" } },
    [source]: { kind: "pulumi" },
  });
  expect(found.length).toBeGreaterThan(0);
  expect(found.join()).not.toContain(secret);
});
