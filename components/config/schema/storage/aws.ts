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
    kind: z.literal("irsa").describe("Which of them this is."),
    issuer: z
      .string()
      .regex(/^[a-z0-9.-]+(?:\/[\w./-]+)?$/i, {
        error:
          "the cluster's OIDC issuer without https://, such as oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
      })
      .describe("The cluster's OIDC issuer, without https://."),
    audience: z.string().min(1).default("sts.amazonaws.com").describe("For whom the pods' tokens are."),
  }),
  z.strictObject({
    kind: z.literal("pod-identity").describe("Which of them this is."),
    cluster: z.string().min(1).describe("The EKS cluster's name."),
  }),
]);

const encryption = z.strictObject({
  keyArn: arn("kms", "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab")
    .optional()
    .describe("A KMS key for all buckets; each gets one of its own, rotated yearly, when left out."),
  deletionWindowDays: z.int().min(7).max(30).default(30).describe("How many days a deleted key can be brought back."),
});

/** Objects reach these buckets through this endpoint alone. */
const vpcEndpoint = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("existing").describe("Which of them this is."), id: id("vpce").describe("The endpoint's id.") }),
  z.strictObject({
    kind: z.literal("made").describe("Which of them this is."),
    vpcId: id("vpc").describe("The VPC that it is made in."),
    routeTableIds: z.array(id("rtb")).min(1, { error: "at least one route table" }).describe("The route tables that lead to it."),
    imageLayers: z
      .boolean()
      .default(true)
      .describe("Nodes in these route tables pull images from ECR, whose layers are in a bucket of AWS's."),
    others: z
      .array(
        z.strictObject({
          bucket: bucketName().describe("Another bucket that is reached through it."),
          prefix: prefix().optional().describe("Only what is below this; the whole bucket when left out."),
          actions: actions().describe("What may be done there."),
        }),
      )
      .default([])
      .describe("What else in these route tables uses S3: its endpoint lets through what is named, and nothing else."),
  }),
]);

const transition = z.strictObject({
  purpose: purpose().describe("Which bucket's objects."),
  to: z
    .enum(["STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"])
    .describe("Which class they move to; the two that need restoring are refused."),
  after: duration().describe("How long after they were written."),
});

export const awsSchema = z.strictObject({
  kind: z.literal("aws").describe("Which of them this is."),
  region: region().describe("The region of the buckets."),
  accountId: z
    .string()
    .regex(/^[0-9]{12}$/, { error: "an AWS account's number: 12 digits, in quotes" })
    .describe("The account; the provider refuses to work in any other."),
  bucketPrefix: bucketPrefix().describe("What the buckets' names begin with."),
  bucketNamespace: z
    .enum(["global", "account-regional"])
    .default("global")
    .describe("Names that only this account can hold in this region; they end in -<account>-<region>-an."),
  ...common,
  identity: identity.describe("How pods become roles."),
  administrators: z.array(administrator()).default([]).describe("Who else may read and write objects, such as a break-glass role."),
  deployers: z
    .array(deployer())
    .min(1, { error: "at least one role or user that runs Pulumi" })
    .describe("Who runs Pulumi: they manage the buckets and see the names of objects, and read none."),
  permissionsBoundary: arn("iam", "arn:aws:iam::123456789012:policy/workloads")
    .optional()
    .describe("The boundary of every role that is made."),
  rolePath: z
    .string()
    .regex(/^\/(?:[\w+=,.@-]+\/)*$/, { error: "a path that begins and ends in /, such as /granary/" })
    .default("/granary/")
    .describe("The path of every role that is made."),
  encryption: encryption.prefault({}).describe("The buckets' keys."),
  vpcEndpoint: vpcEndpoint.optional().describe("Objects are reached through this endpoint alone."),
  egress: egress().describe("The networks at which S3 is reached; network policies open nothing else."),
  accessLogs: z
    .strictObject({
      enabled: z.boolean().default(true).describe("Writes S3's access logs."),
      bucket: bucketName().optional().describe("A bucket that is there already; one is made when left out."),
      keepFor: duration().prefault("90d").describe("How long they are kept."),
    })
    .prefault({})
    .describe("Who asked for what, as files in a bucket: Granary's own or one that is there."),
  replication: z
    .strictObject({
      region: region().describe("The region of the copy."),
      purposes: z.array(purpose()).optional().describe("Only these buckets; all when left out."),
    })
    .optional()
    .describe("A second copy in another region."),
  objectLock: z
    .strictObject({
      purpose: purpose().describe("Which bucket."),
      mode: z.enum(["GOVERNANCE", "COMPLIANCE"]).describe("Whether somebody with a special right may delete a version, or nobody."),
      period: duration().describe("How long a version is locked."),
    })
    .array()
    .default([])
    .describe("Versions that no one can delete before their time."),
  dataEvents: z
    .strictObject({
      enabled: z.boolean().default(false).describe("Records them, in a bucket of their own."),
      keepFor: duration().prefault("365d").describe("How long they are kept."),
    })
    .prefault({})
    .describe("Each access to an object, in CloudTrail."),
  alarms: z
    .strictObject({
      topic: arn("sns", "arn:aws:sns:eu-central-1:123456789012:alerts").describe("The SNS topic that is told."),
      errors4xx: z.int().min(1).default(50).describe("Refused requests from which on there is an alarm."),
      errors5xx: z.int().min(1).default(5).describe("Failed requests from which on there is an alarm."),
      quotas: z.record(purpose(), size()).default({}).describe("By purpose, the size whose 85 percent raise an alarm."),
    })
    .optional()
    .describe("CloudWatch's alarms."),
  budget: z
    .strictObject({
      monthlyUsd: z.number().positive().describe("Dollars a month."),
      emails: z
        .array(z.email({ error: "an e-mail address" }))
        .min(1)
        .describe("Who is told."),
    })
    .optional()
    .describe("A budget for all of S3 in the account."),
  transitions: z.array(transition).default([]).describe("Cheaper classes for older objects."),
  tags: z.record(z.string().min(1), z.string()).default({}).describe("Put on everything that is made."),
});
