// Whose key, and which role.
import type { Properties } from "../../../preview/wire/values";
import { type Edit, json, push, replace, rewrite, set, unset } from "../edit";
import type { Mutation } from "../harness";
import { deployment, safeContainer } from "./pod";
import { loki, tempo, types } from "./types";

const trust = (edit: Edit): Edit => json("assumeRolePolicy", edit);
const withClaims = { type: types.role, name: /role-role$/, stacks: /^prod$/ } as const;
const conditions = (change: (text: string) => string): Edit => rewrite("assumeRolePolicy", change);

const roles: readonly Mutation[] = [
  {
    rule: "trust-pins-subject-and-audience",
    what: "the subject is not pinned",
    at: withClaims,
    edit: conditions((text) => text.replace(/,"[^"]+:sub":\[[^\]]*\]/, "")),
  },
  {
    rule: "trust-pins-subject-and-audience",
    what: "the audience is not pinned",
    at: withClaims,
    edit: conditions((text) => text.replace(/"[^"]+:aud":"[^"]+",/, "")),
  },
  {
    rule: "trust-pins-subject-and-audience",
    what: "the subject is any account of the namespace",
    at: withClaims,
    edit: conditions((text) =>
      text.replace("StringEquals", "StringLike").replace(/serviceaccount:([a-z-]+):[a-z-]+/, "serviceaccount:$1:*"),
    ),
  },
  {
    rule: "trust-pins-subject-and-audience",
    what: "the subject is only looked at where it exists",
    at: withClaims,
    edit: conditions((text) => text.replace("StringEquals", "StringEqualsIfExists")),
  },
  {
    rule: "trust-pins-subject-and-audience",
    what: "the audience is another one",
    at: withClaims,
    edit: conditions((text) => text.replace('"sts.amazonaws.com"', '"everyone"')),
  },
  {
    rule: "trust-pins-subject-and-audience",
    what: "the condition is for another issuer",
    at: withClaims,
    edit: conditions((text) => text.replace(/"oidc\.eks[^"]*:sub"/, '"oidc.example.com:sub"')),
  },
  { rule: "trust-pins-subject-and-audience", what: "the condition is gone", at: withClaims, edit: trust(unset("Statement.0.Condition")) },
  {
    rule: "trust-pins-subject-and-audience",
    what: "everyone may assume the role",
    at: { type: types.role },
    edit: trust(push("Statement", { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "*" } })),
  },
  {
    rule: "trust-pins-subject-and-audience",
    what: "the whole account may assume the role",
    at: { type: types.role },
    edit: trust(push("Statement", { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "123456789012" } })),
  },
  {
    rule: "access-no-wildcard-action",
    what: "the trust policy allows sts:*",
    at: { type: types.role },
    edit: trust(set("Statement.0.Action", "sts:*")),
  },
];

const ownersSecret = (name: string): Edit => push("values.defaults.extraEnvFrom", { secretRef: { name } });
const keys: readonly Mutation[] = [
  {
    rule: "workload-not-owners-key",
    what: "Loki reads the claim's Secret",
    at: { ...loki, stacks: /^dev/ },
    edit: ownersSecret("granary-dev-loki-chunks"),
  },
  {
    rule: "workload-not-owners-key",
    what: "Loki reads the owner's Secret",
    at: { ...loki, stacks: /^dev/ },
    edit: ownersSecret("rook-ceph-object-user-granary-granary-dev-owner"),
  },
  {
    rule: "workload-not-owners-key",
    what: "Tempo reads the claim's Secret by variable",
    at: { ...tempo, stacks: /^dev/ },
    edit: push("values.tempo.extraEnv", {
      name: "AWS_ACCESS_KEY_ID",
      valueFrom: { secretKeyRef: { name: "granary-dev-tempo-traces", key: "AWS_ACCESS_KEY_ID" } },
    }),
  },
  {
    rule: "workload-not-owners-key",
    what: "the TempoStack reads the claim's Secret",
    at: { type: types.tempoStack },
    edit: set("spec.storage.secret.name", "granary-dev-tempo-traces"),
  },
  {
    rule: "workload-not-owners-key",
    what: "a pod of somebody's reads the claim's Secret",
    at: { type: types.claim },
    added: ({ inputs }) =>
      deployment({ containers: [{ ...safeContainer, envFrom: [{ secretRef: { name: (inputs.metadata as Properties).name ?? "" } }] }] }),
  },
  {
    rule: "one-key-one-workload",
    what: "Tempo fetches Loki's item",
    at: { type: types.externalSecret, name: /tempo/ },
    edit: set("spec.data.0.remoteRef", { key: "loki-object-store", property: "access-key-id" }),
  },
  {
    rule: "one-key-one-workload",
    what: "two users have one key",
    at: { type: types.objectUser, name: /tempo/, stacks: /^dev$/ },
    edit: set("spec.keys.0.accessKeyRef.name", "granary-dev-loki-keys"),
  },
  {
    rule: "one-key-one-workload",
    what: "Tempo runs as Loki's role",
    at: { ...tempo, stacks: /^prod$/ },
    edit: replace("values.serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn", "tempo", "loki"),
  },
  {
    rule: "one-key-one-workload",
    what: "two service accounts share a role",
    at: { type: types.association },
    added: (near) => ({
      type: types.association,
      name: "another",
      inputs: { ...near.inputs, serviceAccount: "another" },
      propertyDependencies: near.propertyDependencies,
    }),
  },
];

export const identities = [...roles, ...keys] satisfies readonly Mutation[];
