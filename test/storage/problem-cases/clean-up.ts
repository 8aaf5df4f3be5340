import type { Case } from "./case";

export const cleanUp: readonly Case[] = [
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
