import type { Case } from "./case";

export const buckets: readonly Case[] = [
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
