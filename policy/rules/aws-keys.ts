// KMS keys and the trail that watches the buckets.
import { at, fields, isGiven } from "../readers/values";
import { localStacks, type ResourceRule } from "../rule";

export const keyType = "aws:kms/key:Key";

export const keyRotation: ResourceRule = {
  id: "kms-key-rotation",
  group: "encryption",
  severity: "medium",
  level: "mandatory",
  scope: "resource",
  type: keyType,
  demands: "KMS keys rotate by themselves.",
  reason: "A key that never changes makes one leak reach back to the first object.",
  fix: "Set enableKeyRotation: true. With the level remediate the pack sets it itself.",
  names: { cis: ["3.6"], checkov: ["CKV_AWS_7"] },
  *check(key) {
    if (rotates(key.props) && at(key.props, "enableKeyRotation") !== true) yield "enableKeyRotation is not true";
  },
  remediate(props) {
    if (!rotates(props) || props.enableKeyRotation === true) return false;
    props.enableKeyRotation = true;
    return true;
  },
};

const rotates = (props: object): boolean =>
  [undefined, "SYMMETRIC_DEFAULT"].includes(fields(props).customerMasterKeySpec as string | undefined);

export const keyNotRushed: ResourceRule = {
  id: "kms-deletion-window",
  group: "data safety",
  severity: "medium",
  level: "mandatory",
  scope: "resource",
  type: keyType,
  demands: "A KMS key waits a month before it is deleted, and checks the lockout of its policy.",
  reason: "With the key every object that it encrypted is gone; the waiting time is the only way back.",
  fix: "Leave deletionWindowInDays at 30 and bypassPolicyLockoutSafetyCheck off.",
  names: { fsbp: ["KMS.3"] },
  *check(key) {
    const window = at(key.props, "deletionWindowInDays");
    if (typeof window === "number" && window < 30) yield `deletionWindowInDays is ${window}`;
    if (at(key.props, "bypassPolicyLockoutSafetyCheck") === true) yield "bypassPolicyLockoutSafetyCheck is on";
    if (at(key.props, "isEnabled") === false) yield "isEnabled is false";
  },
};

export const trailEncrypted: ResourceRule = {
  id: "cloudtrail-encrypted",
  group: "encryption",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  type: "aws:cloudtrail/trail:Trail",
  demands: "CloudTrail writes its files encrypted with a customer's key, and so that a change to them shows.",
  reason: "The trail says who read which object; who may read or forge it may hide.",
  fix: "Set kmsKeyId and enableLogFileValidation: true.",
  names: { fsbp: ["CloudTrail.2", "CloudTrail.4"], cis: ["3.2", "3.5"], checkov: ["CKV_AWS_35", "CKV_AWS_36"] },
  *check({ props }) {
    if (!isGiven(props, "kmsKeyId")) yield "kmsKeyId is not set";
    if (at(props, "enableLogFileValidation") !== true) yield "enableLogFileValidation is not true";
    if (at(props, "enableLogging") === false) yield "enableLogging is false";
  },
};

export const providerTls: ResourceRule = {
  id: "provider-tls",
  group: "encryption",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  demands: "The program itself speaks TLS to the store that it administers, and checks its certificate.",
  reason: "It holds the keys that own every bucket.",
  fix: "Give endpoints with https and leave insecure off.",
  settings: localStacks,
  *check(resource, { local }) {
    if (local || !(resource.type === "pulumi:providers:aws" || resource.type.startsWith("pulumi-nodejs:"))) return;
    const { insecure } = resource.props;
    if (insecure === true || insecure === "true") yield "insecure is on";
    for (const name of ["endpoints", "endpoint", "managementEndpoint"]) {
      const written = at(resource.props, name);
      const [url] = (typeof written === "string" ? written : JSON.stringify(written ?? "")).match(/http:\/\/[^"\\]+/i) ?? [];
      if (url) yield `${name} holds ${url}`;
    }
  },
};
