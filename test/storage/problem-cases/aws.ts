import type { Case } from "./case";

export const aws: readonly Case[] = [
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
    "logs of the logs",
    "prod",
    { "storage.bucketNamespace": "global", "storage.accessLogs": { bucket: "granary-prod-loki-chunks" } },
    "granary:storage.accessLogs.bucket: found granary-prod-loki-chunks, one of the buckets that are logged: each log would cause the next",
  ],
];
