// Inputs that are secret by their nature are secret for Pulumi too. A check never sees the mark, because the SDK takes it off before it asks;
// a remediation does, and can put it on.
import { Secret } from "@pulumi/policy";
import { holdsCredentials } from "../readers/kubeconfig";
import { isFields, isUnknown } from "../readers/values";
import type { RemediationRule } from "../rule";

const secretInputs: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:core/v1:Secret": ["data", "stringData"],
  "aws:secretsmanager/secretVersion:SecretVersion": ["secretString", "secretBinary"],
  "aws:iam/accessKey:AccessKey": ["secret"],
  "pulumi:providers:aws": ["accessKey", "secretKey", "token"],
  "pulumi:providers:kubernetes": ["kubeconfig"],
};

/** Inputs that are secrets only for some of their values. A marked one is unknown here and stays as it is. */
const secretOnlyIf: Readonly<Record<string, (value: unknown) => boolean>> = { kubeconfig: holdsCredentials };

const isMarked = (value: unknown): boolean =>
  value instanceof Secret ||
  (isFields(value) && Object.values(value).length > 0 && Object.values(value).every((item) => item instanceof Secret));

export const secretInputsMarked: RemediationRule = {
  id: "secret-inputs-marked",
  group: "secrets",
  severity: "high",
  level: "remediate",
  scope: "remediation",
  demands:
    "Secret inputs are Pulumi secrets: a Secret's data, a provider's keys or kubeconfig with credentials, what goes into AWS Secrets Manager.",
  reason: "Unmarked, they stand readable in the state, in previews and in logs.",
  fix: "Make the value with pulumi.secret or config.requireSecret. With the level remediate, which is the default, the pack marks it itself.",
  remediate(props, type) {
    const unmarked = (secretInputs[type] ?? []).filter(
      (name) =>
        props[name] !== undefined && !isUnknown(props[name]) && !isMarked(props[name]) && (secretOnlyIf[name]?.(props[name]) ?? true),
    );
    for (const name of unmarked) props[name] = new Secret(props[name]);
    return unmarked.length > 0;
  },
};
