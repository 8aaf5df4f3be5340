import type { Case } from "./case";

export const filesystem: readonly Case[] = [
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
