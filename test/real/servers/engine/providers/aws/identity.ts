// IAM roles with their policies, and KMS keys with their aliases.
import { isObject, type Properties, type Value } from "../../../../../../preview/wire/values";
import type { ResourceType } from "../provider";
import type { AwsClient } from "./client";

const text = (value: Value | undefined): string => (typeof value === "string" ? value : "");

/** An element of IAM's XML; documents in it are encoded as in an address. */
const element = (xml: string, name: string): string => decodeURIComponent(new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? "");

export const role: ResourceType<AwsClient> = {
  replacedBy: ["name", "path"],
  async create(aws, inputs) {
    const RoleName = text(inputs.name);
    const xml = await aws.iam("CreateRole", {
      ...{ RoleName, Path: text(inputs.path), AssumeRolePolicyDocument: text(inputs.assumeRolePolicy) },
      ...{ Description: text(inputs.description), MaxSessionDuration: String(inputs.maxSessionDuration) },
      ...Object.assign(
        {},
        ...tagEntries(aws).map(([Key, Value], n) => ({ [`Tags.member.${n + 1}.Key`]: Key, [`Tags.member.${n + 1}.Value`]: Value })),
      ),
    });
    return { id: RoleName, outputs: { arn: element(xml ?? "", "Arn"), uniqueId: element(xml ?? "", "RoleId"), tagsAll: aws.defaultTags } };
  },
  async read(aws, RoleName) {
    const xml = await aws.iam("GetRole", { RoleName });
    if (xml === undefined) return undefined;
    return {
      arn: element(xml, "Arn"),
      assumeRolePolicy: element(xml, "AssumeRolePolicyDocument"),
      description: element(xml, "Description"),
    };
  },
  async update(aws, RoleName, inputs) {
    await aws.iam("UpdateAssumeRolePolicy", { RoleName, PolicyDocument: text(inputs.assumeRolePolicy) });
    const MaxSessionDuration = String(inputs.maxSessionDuration);
    await aws.iam("UpdateRole", { RoleName, Description: text(inputs.description), MaxSessionDuration });
  },
  async delete(aws, RoleName) {
    await aws.iam("DeleteRole", { RoleName });
  },
};

const putRolePolicy = (aws: AwsClient, { role, name, policy }: Properties) =>
  aws.iam("PutRolePolicy", { RoleName: text(role), PolicyName: text(name), PolicyDocument: text(policy) });

export const rolePolicy: ResourceType<AwsClient> = {
  replacedBy: ["name", "role"],
  async create(aws, inputs) {
    await putRolePolicy(aws, inputs);
    return { id: `${text(inputs.role)}:${text(inputs.name)}`, outputs: {} };
  },
  async read(aws, _, { role, name }) {
    const xml = await aws.iam("GetRolePolicy", { RoleName: text(role), PolicyName: text(name) });
    return xml === undefined ? undefined : { policy: element(xml, "PolicyDocument") };
  },
  async update(aws, _, inputs) {
    await putRolePolicy(aws, inputs);
  },
  async delete(aws, _, { role, name }) {
    await aws.iam("DeleteRolePolicy", { RoleName: text(role), PolicyName: text(name) });
  },
};

export const key: ResourceType<AwsClient> = {
  replacedBy: ["customerMasterKeySpec", "keyUsage", "multiRegion"],
  async create(aws, inputs) {
    const Tags = tagEntries(aws).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
    const made = await aws.kms("CreateKey", { Description: inputs.description, Policy: inputs.policy, Tags });
    const metadata = isObject(made?.KeyMetadata) ? made.KeyMetadata : {};
    const KeyId = text(metadata.KeyId);
    if (inputs.enableKeyRotation) await aws.kms("EnableKeyRotation", { KeyId });
    return { id: KeyId, outputs: { keyId: KeyId, arn: text(metadata.Arn), tagsAll: aws.defaultTags } };
  },
  async read(aws, KeyId) {
    const described = await aws.kms("DescribeKey", { KeyId });
    const metadata = isObject(described?.KeyMetadata) ? described.KeyMetadata : undefined;
    if (!metadata || metadata.KeyState === "PendingDeletion") return undefined;
    const policy = await aws.kms("GetKeyPolicy", { KeyId, PolicyName: "default" });
    const rotation = await aws.kms("GetKeyRotationStatus", { KeyId });
    return {
      description: metadata.Description ?? "",
      policy: policy?.Policy ?? "",
      enableKeyRotation: rotation?.KeyRotationEnabled ?? false,
    };
  },
  async update(aws, KeyId, { description, policy, enableKeyRotation }) {
    await aws.kms("UpdateKeyDescription", { KeyId, Description: description });
    await aws.kms("PutKeyPolicy", { KeyId, PolicyName: "default", Policy: policy });
    await aws.kms(enableKeyRotation ? "EnableKeyRotation" : "DisableKeyRotation", { KeyId });
  },
  async delete(aws, KeyId, { deletionWindowInDays }) {
    await aws.kms("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: deletionWindowInDays });
  },
};

export const alias: ResourceType<AwsClient> = {
  replacedBy: ["name"],
  async create(aws, { name, targetKeyId }) {
    await aws.kms("CreateAlias", { AliasName: name, TargetKeyId: targetKeyId });
    return { id: text(name), outputs: { arn: `arn:aws:kms:${aws.region}:${aws.account}:${text(name)}` } };
  },
  async read(aws, id) {
    const { Aliases = [] } = ((await aws.kms("ListAliases", {})) ?? {}) as { Aliases?: { AliasName: string; TargetKeyId: string }[] };
    const found = Aliases.find(({ AliasName }) => AliasName === id);
    return found && { targetKeyId: found.TargetKeyId };
  },
  async update(aws, AliasName, { targetKeyId }) {
    await aws.kms("UpdateAlias", { AliasName, TargetKeyId: targetKeyId });
  },
  async delete(aws, AliasName) {
    await aws.kms("DeleteAlias", { AliasName });
  },
};

const tagEntries = (aws: AwsClient): [string, string][] => Object.entries(aws.defaultTags);
