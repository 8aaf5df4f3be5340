import { z } from "zod";
import { duration, size } from "../../fields";
import { actions, bucketName, bucketPrefix, common, egress, prefix, purpose } from "./common";

const region = () => z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-[0-9]$/, { error: "an AWS region, such as eu-central-1" });
const arn = (service: string, example: string) =>
  z.string().regex(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:[0-9]*:.+$`), { error: `an ARN, such as ${example}` });
const id = (kind: string) => z.string().regex(new RegExp(`^${kind}-[0-9a-f]{8,17}$`), { error: `an id such as ${kind}-0123456789abcdef0` });

const principal = (error: string) => z.string().regex(/^arn:aws[a-z-]*:iam::[0-9]{12}:(?:role|user)\/[\w+=,.@/-]+$/, { error });
const administrator = () =>
  principal("a role or user by its whole ARN, such as arn:aws:iam::123456789012:role/break-glass, without wildcards");
const deployer = () =>
  principal(
    "a role or user by its whole ARN, such as arn:aws:iam::123456789012:role/deploy; of a session, the ARN of its role with its path",
  );

/** How pods become roles. */
const identity = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("irsa"),
    /** The cluster's OIDC issuer, without https://. */
    issuer: z.string().regex(/^[a-z0-9.-]+(?:\/[\w./-]+)?$/i, {
      error: "the cluster's OIDC issuer without https://, such as oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
    }),
    audience: z.string().min(1).default("sts.amazonaws.com"),
  }),
  z.strictObject({ kind: z.literal("pod-identity"), cluster: z.string().min(1) }),
]);

const encryption = z.strictObject({
  /** Left out, each bucket gets a key of its own, rotated yearly. */
  keyArn: arn("kms", "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab").optional(),
  deletionWindowDays: z.int().min(7).max(30).default(30),
});

/** Objects reach these buckets through this endpoint alone. */
const vpcEndpoint = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("existing"), id: id("vpce") }),
  z.strictObject({
    kind: z.literal("made"),
    vpcId: id("vpc"),
    routeTableIds: z.array(id("rtb")).min(1, { error: "at least one route table" }),
    /** Nodes in these route tables pull images from ECR, whose layers are in a bucket of AWS's. */
    imageLayers: z.boolean().default(true),
    /** What else in these route tables uses S3: its endpoint lets through what is named, and nothing else. */
    others: z.array(z.strictObject({ bucket: bucketName(), prefix: prefix().optional(), actions: actions() })).default([]),
  }),
]);

const transition = z.strictObject({
  purpose: purpose(),
  to: z.enum(["STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"]),
  after: duration(),
});

export const awsSchema = z.strictObject({
  kind: z.literal("aws"),
  region: region(),
  accountId: z.string().regex(/^[0-9]{12}$/, { error: "an AWS account's number: 12 digits, in quotes" }),
  bucketPrefix: bucketPrefix(),
  /** Names that only this account can hold in this region; they end in -<account>-<region>-an. */
  bucketNamespace: z.enum(["global", "account-regional"]).default("global"),
  ...common,
  identity,
  /** Who else may read and write objects, such as a break-glass role. */
  administrators: z.array(administrator()).default([]),
  /** Who runs Pulumi: they manage the buckets and see the names of objects, and read none. */
  deployers: z.array(deployer()).min(1, { error: "at least one role or user that runs Pulumi" }),
  permissionsBoundary: arn("iam", "arn:aws:iam::123456789012:policy/workloads").optional(),
  rolePath: z
    .string()
    .regex(/^\/(?:[\w+=,.@-]+\/)*$/, { error: "a path that begins and ends in /, such as /granary/" })
    .default("/granary/"),
  encryption: encryption.prefault({}),
  vpcEndpoint: vpcEndpoint.optional(),
  egress: egress(),
  /** Who asked for what, as files in a bucket: Granary's own or one that is there. */
  accessLogs: z
    .strictObject({ enabled: z.boolean().default(true), bucket: bucketName().optional(), keepFor: duration().prefault("90d") })
    .prefault({}),
  /** A second copy in another region. */
  replication: z.strictObject({ region: region(), purposes: z.array(purpose()).optional() }).optional(),
  /** Versions that no one can delete before their time. */
  objectLock: z
    .strictObject({ purpose: purpose(), mode: z.enum(["GOVERNANCE", "COMPLIANCE"]), period: duration() })
    .array()
    .default([]),
  /** Each access to an object, in CloudTrail. */
  dataEvents: z.strictObject({ enabled: z.boolean().default(false), keepFor: duration().prefault("365d") }).prefault({}),
  alarms: z
    .strictObject({
      topic: arn("sns", "arn:aws:sns:eu-central-1:123456789012:alerts"),
      errors4xx: z.int().min(1).default(50),
      errors5xx: z.int().min(1).default(5),
      quotas: z.record(purpose(), size()).default({}),
    })
    .optional(),
  budget: z.strictObject({ monthlyUsd: z.number().positive(), emails: z.array(z.email({ error: "an e-mail address" })).min(1) }).optional(),
  transitions: z.array(transition).default([]),
  tags: z.record(z.string().min(1), z.string()).default({}),
});
