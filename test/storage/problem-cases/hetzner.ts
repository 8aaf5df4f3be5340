import type { Case } from "./case";

export const hetzner: readonly Case[] = [
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
    "taking over what is no bucket",
    "hetzner",
    { "storage.takeOver": ["loki"] },
    "granary:storage.takeOver[0]: found loki, which is no bucket of this stack; there are loki-chunks, loki-ruler, tempo-traces",
  ],
];
