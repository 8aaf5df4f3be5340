// Who may become a role.
import { documentsOf } from "../readers/document-sources";
import { hasWildcard, looseness, type Principal, type Statement } from "../readers/documents";
import type { ResourceRule } from "../rule";

export const pinnedTrust: ResourceRule = {
  id: "trust-pins-subject-and-audience",
  group: "least privilege",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  type: "aws:iam/role:Role",
  demands: "A role's trust policy says exactly who may assume it: for web identities the subject and the audience.",
  reason: "Without the subject every pod of the cluster may assume the role, without the audience a token made for something else will do.",
  fix: "Compare <issuer>:sub with system:serviceaccount:<namespace>:<name> and <issuer>:aud with sts.amazonaws.com, both by StringEquals; name roles, not accounts.",
  names: { checkov: ["CKV_AWS_60", "CKV_AWS_61"] },
  *check(role) {
    for (const document of documentsOf(role)) {
      if (document.kind !== "trust") continue;
      for (const statement of document.statements) {
        if (!statement.allows) continue;
        if (statement.principals.length === 0) yield `${statement.label} names no principal`;
        for (const principal of statement.principals) for (const fault of faults(statement, principal)) yield `${statement.label} ${fault}`;
      }
    }
  },
};

function* faults(statement: Statement, { kind, id }: Principal): Generator<string> {
  if (kind === "Federated") yield* federated(statement, id);
  else if (kind === "Service") {
    if (!/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(id)) yield `trusts the service ${id}, which is none of AWS`;
  } else if (id === "*" || hasWildcard(id)) yield `lets everyone assume the role ("${id}")`;
  else if (/^\d{12}$|:root$/.test(id)) {
    const loose = looseness(statement.conditions, "aws:PrincipalArn");
    if (loose && looseness(statement.conditions, "sts:ExternalId")) yield `lets everyone in account ${id} assume the role: ${loose}`;
  }
}

function* federated(statement: Statement, provider: string): Generator<string> {
  const issuer = provider.split(":oidc-provider/")[1];
  if (!issuer || hasWildcard(provider)) {
    yield `trusts ${provider}, which names no OpenID Connect provider`;
    return;
  }
  for (const claim of ["sub", "aud"]) {
    const loose = looseness(statement.conditions, `${issuer}:${claim}`);
    if (loose) yield `lets tokens of ${issuer} in without pinning the ${claim === "sub" ? "subject" : "audience"}: ${loose}`;
  }
  const subjects = statement.conditions.filter(({ key }) => key === `${issuer}:sub`.toLowerCase()).flatMap(({ values }) => values);
  for (const subject of subjects) {
    if (hasWildcard(subject)) continue;
    if (!/^system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+$/.test(subject))
      yield `pins the subject to ${subject}, which is no service account`;
  }
  for (const audience of statement.conditions.filter(({ key }) => key === `${issuer}:aud`.toLowerCase()).flatMap(({ values }) => values)) {
    if (!hasWildcard(audience) && audience !== "sts.amazonaws.com")
      yield `takes tokens for the audience ${audience} instead of sts.amazonaws.com`;
  }
}
