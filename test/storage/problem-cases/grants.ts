import { auditor, type Case } from "./case";

const writer = { ...auditor, actions: ["read", "write"] };
const two = (a: object, b: object) => [a, b] as never;

export const grants: readonly Case[] = [
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
