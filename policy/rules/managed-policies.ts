// Policies that AWS keeps: their documents are no part of a stack, so they are known by name alone.
import { at, list, text } from "../readers/values";
import type { Resource } from "../resource";
import type { ResourceRule } from "../rule";

/** Where policies are attached by ARN, and the fields that name them. */
const attachments: Readonly<Record<string, string>> = {
  "aws:iam/role:Role": "managedPolicyArns",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
  "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns",
};

/** What reaches every bucket, every key or everything; nodes of EKS need none of these. */
const broad = [
  "AdministratorAccess*",
  "AmazonEC2RoleforAWSCodeDeploy",
  "AmazonEC2RoleforSSM",
  "AmazonElasticMapReduceforEC2Role",
  "AmazonS3*",
  "AWSBackupServiceRolePolicyForS3*",
  "AWSKeyManagementServicePowerUser",
  "DataScientist",
  "DatabaseAdministrator",
  "IAMFullAccess",
  "PowerUserAccess",
  "ReadOnlyAccess",
  "SystemAdministrator",
];
const names = { type: "array", items: { type: "string" } } as const;

export const noBroadManagedPolicy: ResourceRule = {
  id: "access-no-broad-managed-policy",
  group: "least privilege",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  settings: {
    refused: {
      ...names,
      default: broad,
      description:
        'Policies of AWS that nobody may hold, by the last part of their name; `*` stands for anything, and `["*"]` refuses all.',
    },
    allowed: { ...names, default: [], description: "Policies of AWS that may be held all the same, in the same form." },
  },
  demands: "Nobody holds a policy of AWS's own that reaches every bucket or key.",
  reason: "AmazonS3FullAccess on one role undoes every policy that names buckets, and its text is nowhere in the stack that is reviewed.",
  fix: "Attach a policy of your own that names the bucket and the actions.",
  names: { fsbp: ["IAM.1"], cis: ["1.16"], checkov: ["CKV_AWS_274"] },
  *check(resource, { settings }) {
    for (const { path, arn } of attached(resource)) {
      const name = /^arn:[\w-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/i.exec(arn)?.[1];
      if (name && holds(settings.refused, name) && !holds(settings.allowed, name)) yield `${path} is ${arn}`;
    }
  },
};

function* attached({ type, props }: Resource): Generator<{ readonly path: string; readonly arn: string }> {
  const path = attachments[type];
  if (path === undefined) return;
  const value = at(props, path);
  if (!Array.isArray(value)) yield { path, arn: text(value) ?? "" };
  else for (const [i, arn] of list(value).entries()) yield { path: `${path}[${i}]`, arn: text(arn) ?? "" };
}

const holds = (patterns: unknown, name: string): boolean =>
  list(patterns).some((pattern) => new RegExp(`^${String(pattern).split("*").map(escaped).join(".*")}$`, "i").test(name));
const escaped = (words: string): string => words.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
