import { describe, expect, it } from "vitest";
import { type Config, judge } from "./judge";
import { made } from "./valid/make";

const rule = "access-no-broad-managed-policy";
const policy = (name: string, partition = "aws") => `arn:${partition}:iam::aws:policy/${name}`;
const attachment = (policyArn: string) => made("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", { role: "loki", policyArn });
const says = (resource: ReturnType<typeof made>, config: Config = {}) =>
  judge([resource], config).map(({ rule: by, says: words }) => `${by}: ${words}`);

describe("policies of AWS's own", () => {
  it.each([
    "AdministratorAccess",
    "AdministratorAccess-Amplify",
    "PowerUserAccess",
    "AmazonS3FullAccess",
    "AmazonS3ReadOnlyAccess",
    "service-role/AmazonEC2RoleforSSM",
    "job-function/DataScientist",
    "AWSKeyManagementServicePowerUser",
  ])("%s is refused", (name) => {
    expect(says(attachment(policy(name)))).toEqual([`${rule}: policyArn is ${policy(name)}`]);
  });
  it.each([
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonEC2ContainerRegistryPullOnly",
    "service-role/AmazonEBSCSIDriverPolicy",
  ])("%s is fine", (name) => {
    expect(says(attachment(policy(name)))).toEqual([]);
  });
  it("a policy of the account's own is judged by its document, where that is", () => {
    expect(says(attachment("arn:aws:iam::123456789012:policy/AmazonS3FullAccess"))).toEqual([]);
  });

  const everywhere = { roles: ["loki"], policyArn: policy("AmazonS3FullAccess") };
  it.each([
    ["aws:iam/policyAttachment:PolicyAttachment", everywhere, "policyArn"],
    ["aws:iam/userPolicyAttachment:UserPolicyAttachment", { policyArn: policy("AmazonS3FullAccess") }, "policyArn"],
    ["aws:iam/groupPolicyAttachment:GroupPolicyAttachment", { policyArn: policy("AmazonS3FullAccess") }, "policyArn"],
    [
      "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
      { roleName: "loki", policyArns: [policy("AmazonEKS_CNI_Policy"), policy("AmazonS3FullAccess")] },
      "policyArns[1]",
    ],
    ["aws:iam/role:Role", { managedPolicyArns: [policy("AmazonS3FullAccess")] }, "managedPolicyArns[0]"],
  ])("are seen on %s", (type, props, path) => {
    expect(says(made(type, "a", props))).toEqual([`${rule}: ${path} is ${policy("AmazonS3FullAccess")}`]);
  });
  it("are seen in other partitions", () => {
    expect(says(attachment(policy("AmazonS3FullAccess", "aws-cn")))).toHaveLength(1);
  });
  it("are refused and allowed by settings", () => {
    const none = { [rule]: { refused: ["*"], allowed: ["AmazonEKS*"] } };
    expect(says(attachment(policy("SecurityAudit")), none)).toHaveLength(1);
    expect(says(attachment(policy("AmazonEKS_CNI_Policy")), none)).toEqual([]);
    expect(says(attachment(policy("AmazonS3FullAccess")), { [rule]: { allowed: ["AmazonS3FullAccess"] } })).toEqual([]);
  });
});
