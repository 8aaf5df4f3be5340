import type { Case } from "./case";

const move = (to: string, after: string) => ({ "storage.transitions": [{ purpose: "loki-chunks", to, after }] });

export const awsObjects: readonly Case[] = [
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
];
