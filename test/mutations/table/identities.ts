// Whose key, which role, what the API server lets one do, what may leave the network.
import type { Properties } from "../../../preview/wire/values";
import { type Edit, json, push, replace, rewrite, set, unset } from "../edit";
import type { Mutation } from "../harness";
import { alloy, loki, notLocal, tempo, types } from "./types";

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

const cleanStore: readonly Mutation[] = (
  [
    ["blockPublicAcls", "S3 flag blockPublicAcls is off"],
    ["blockPublicPolicy", "S3 flag blockPublicPolicy is off"],
    ["ignorePublicAcls", "S3 flag ignorePublicAcls is off"],
    ["restrictPublicBuckets", "S3 flag restrictPublicBuckets is off"],
  ] as const
).map(([flag, what]) => ({ rule: "s3-public-access-blocked", what, at: { type: types.publicAccess }, edit: set(flag, false) }));

const hetzner: Properties = { endpoints: JSON.stringify([{ s3: "https://fsn1.your-objectstorage.com" }]), region: "fsn1" };
const block = (flags: Properties) => ({
  type: types.publicAccess,
  name: "a-block",
  inputs: { bucket: "granary-hz-loki-chunks", ...flags },
});

const stores: readonly Mutation[] = [
  ...cleanStore,
  { rule: "s3-public-access-blocked", what: "the public access block is taken away", at: { type: types.publicAccess }, removed: true },
  { rule: "s3-owner-enforced", what: "ownership controls are taken away", at: { type: types.ownership }, removed: true },
  {
    rule: "s3-owner-enforced",
    what: "writers own what they write",
    at: { type: types.ownership },
    edit: set("rule.objectOwnership", "ObjectWriter"),
  },
  {
    rule: "s3-owner-enforced",
    what: "an ACL opens the bucket",
    at: { type: types.bucket },
    added: ({ urn }) => ({
      type: "aws:s3/bucketAcl:BucketAcl",
      name: "an-acl",
      inputs: { acl: "public-read" },
      propertyDependencies: new Map([["bucket", [urn]]]),
    }),
  },
  {
    rule: "ceph-no-public-access-block",
    what: "a public access block at Hetzner",
    at: { type: types.dynamicBucket, stacks: /hetzner/ },
    added: () => block({ blockPublicAcls: true }),
    provider: hetzner,
  },
  {
    rule: "ceph-no-public-access-block",
    what: "a policy block at Hetzner",
    at: { type: types.dynamicBucket, stacks: /hetzner/ },
    added: () => block({ blockPublicPolicy: true }),
    provider: hetzner,
  },
  {
    rule: "rgw-user-no-capability",
    what: "a user may read all users",
    at: { type: types.objectUser },
    edit: set("spec.capabilities", { users: "read" }),
  },
  {
    rule: "rgw-user-no-capability",
    what: "a user may change all buckets",
    at: { type: types.objectUser },
    edit: set("spec.capabilities", { bucket: "*" }),
  },
];

const atHetzner = { type: types.dynamicBucket, stacks: /hetzner/ } as const;
const shut = (what: string, edit: Edit): Mutation => ({ rule: "hetzner-keys-narrowed", what, at: atHetzner, edit });
const projects: readonly Mutation[] = [
  shut("the policy is taken away", unset("policy")),
  shut(
    "a key of the project is named by wildcard",
    json("policy", set("Statement.0.NotPrincipal", { AWS: "arn:aws:iam:::user/p1234567:*" })),
  ),
  shut("other keys may still list", json("policy", set("Statement.0.Action", ["s3:GetObject", "s3:PutObject"]))),
  shut("other keys are shut out of the objects alone", json("policy", unset("Statement.0.Resource.0"))),
  shut("other keys are shut out of another bucket", json("policy", set("Statement.0.Resource", ["arn:aws:s3:::a", "arn:aws:s3:::a/*"]))),
  shut("other keys are shut out at times", json("policy", set("Statement.0.Condition", { Bool: { "aws:SecureTransport": "false" } }))),
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

const safeContainer: Properties = {
  name: "main",
  image: "docker.io/grafana/loki:3.7.8",
  securityContext: {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  },
};
const deployment = (pod: Properties) => ({
  type: types.deployment,
  name: "somebody",
  inputs: {
    metadata: { name: "somebody", namespace: "observability" },
    spec: { template: { spec: { containers: [safeContainer], ...pod } } },
  },
});
const podOf = (what: string, pod: Properties): Mutation => ({
  rule: "pods-restricted",
  what: `a pod ${what}`,
  at: { type: types.namespace, name: /^granary-namespace/ },
  added: () => deployment(pod),
});
const container = (context: Properties): Properties => ({
  containers: [{ ...safeContainer, securityContext: { ...(safeContainer.securityContext as Properties), ...context } }],
});

const role = (rule: Properties) => ({ type: types.clusterRole, name: "a-role", inputs: { metadata: { name: "a-role" }, rules: [rule] } });
const rbac = (rule: string, what: string, permission: Properties): Mutation => ({
  rule,
  what,
  at: { type: types.namespace, name: /^granary-namespace/ },
  added: () => role(permission),
});
const binding = (what: string, inputs: Properties): Mutation => ({
  rule: "rbac-no-cluster-admin",
  what,
  at: { type: types.namespace, name: /^granary-namespace/ },
  added: () => ({
    type: types.clusterRoleBinding,
    name: "a-binding",
    inputs: {
      roleRef: { kind: "ClusterRole", name: "view" },
      subjects: [{ kind: "ServiceAccount", name: "loki", namespace: "observability" }],
      ...inputs,
    },
  }),
});

const cluster: readonly Mutation[] = [
  rbac("rbac-no-wildcards", "a role with every verb", { apiGroups: [""], resources: ["pods"], verbs: ["*"] }),
  rbac("rbac-no-wildcards", "a role with every resource", { apiGroups: [""], resources: ["*"], verbs: ["get"] }),
  rbac("rbac-no-wildcards", "a role with every API group", { apiGroups: ["*"], resources: ["pods"], verbs: ["get"] }),
  rbac("rbac-no-wildcards", "a role that may escalate", {
    apiGroups: ["rbac.authorization.k8s.io"],
    resources: ["clusterroles"],
    verbs: ["escalate"],
  }),
  rbac("rbac-no-wildcards", "a role that may enter pods", { apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] }),
  rbac("rbac-no-secrets-wide", "a role that lists Secrets", { apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }),
  rbac("rbac-no-secrets-wide", "a role that lists named Secrets", {
    apiGroups: [""],
    resources: ["secrets"],
    resourceNames: ["loki"],
    verbs: ["list"],
  }),
  {
    rule: "rbac-no-wildcards",
    what: "Alloy's chart makes a role with every verb",
    at: alloy,
    edit: push("values.rbac.rules", { apiGroups: [""], resources: ["pods"], verbs: ["*"] }),
  },
  {
    rule: "rbac-no-secrets-wide",
    what: "Alloy's chart lets it read Secrets",
    at: alloy,
    edit: push("values.rbac.clusterRules", { apiGroups: [""], resources: ["secrets"], verbs: ["get", "list", "watch"] }),
  },
  binding("Loki is bound to cluster-admin", { roleRef: { kind: "ClusterRole", name: "cluster-admin" } }),
  binding("Loki is bound to edit", { roleRef: { kind: "ClusterRole", name: "edit" } }),
  binding("a role is bound to every account", { subjects: [{ kind: "Group", name: "system:authenticated" }] }),
  podOf("is privileged", container({ privileged: true })),
  podOf("may gain privileges", container({ allowPrivilegeEscalation: true })),
  podOf("does not say that it gains none", { containers: [{ name: "main", image: "docker.io/grafana/loki:3.7.8" }] }),
  podOf("is root", container({ runAsUser: 0 })),
  podOf("keeps capabilities", container({ capabilities: { drop: [] } })),
  podOf("adds a capability", container({ capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } })),
  podOf("has no seccomp profile", container({ seccompProfile: { type: "Unconfined" } })),
  podOf("is on the host's network", { hostNetwork: true }),
  podOf("sees the host's processes", { hostPID: true }),
  podOf("mounts a path of the host", { volumes: [{ name: "root", hostPath: { path: "/" } }] }),
  {
    rule: "pods-restricted",
    what: "Loki's chart makes it privileged",
    at: loki,
    edit: set("values.loki.containerSecurityContext", { privileged: true }),
  },
  { rule: "pods-restricted", what: "Tempo runs as root", at: tempo, edit: set("values.securityContext.runAsUser", 0) },
  { rule: "pods-restricted", what: "Loki may be root", at: loki, edit: set("values.loki.podSecurityContext", { runAsNonRoot: false }) },
  {
    rule: "pods-restricted",
    what: "Loki mounts a path of the host",
    at: loki,
    edit: push("values.defaults.extraVolumes", { name: "host", hostPath: { path: "/var" } }),
  },
  { rule: "pods-restricted", what: "Alloy is privileged", at: alloy, edit: set("values.alloy.securityContext.privileged", true) },
  {
    rule: "pods-restricted",
    what: "Alloy adds a capability",
    at: alloy,
    edit: set("values.alloy.securityContext.capabilities.add", ["SYS_PTRACE"]),
  },
  { rule: "pods-restricted", what: "Alloy is on the host's network", at: alloy, edit: set("values.controller.hostNetwork", true) },
  {
    rule: "namespace-pod-security",
    what: "the namespace enforces nothing",
    at: { type: types.namespace, name: /^granary-namespace/ },
    edit: unset("metadata.labels"),
  },
  {
    rule: "namespace-pod-security",
    what: "the namespace enforces baseline",
    at: { type: types.namespace, name: /^granary-namespace/ },
    edit: set("metadata.labels.pod-security\\.kubernetes\\.io/enforce", "baseline"),
  },
  {
    rule: "namespace-pod-security",
    what: "Tempo moves into the privileged namespace",
    at: tempo,
    edit: set("namespace", "observability-collection"),
  },
];

const denies = { type: types.networkPolicy, name: /default-deny$/, stacks: notLocal } as const;
const toStore = { type: types.networkPolicy, name: /-store$/ } as const;
const push3100 = { type: types.networkPolicy, name: /-push$/ } as const;
const network: readonly Mutation[] = [
  { rule: "network-default-deny", what: "the default deny is taken away", at: denies, removed: true },
  { rule: "network-default-deny", what: "the default deny lets out", at: denies, edit: set("spec.policyTypes", ["Ingress"]) },
  { rule: "network-default-deny", what: "the default deny allows all after all", at: denies, edit: set("spec.ingress", [{}]) },
  {
    rule: "network-default-deny",
    what: "the default deny is for some pods",
    at: denies,
    edit: set("spec.podSelector", { matchLabels: { app: "loki" } }),
  },
  {
    rule: "network-default-deny",
    what: "the default deny stands in another namespace",
    at: denies,
    edit: set("metadata.namespace", "elsewhere"),
  },
  {
    rule: "network-default-deny",
    what: "Tempo moves to a namespace without one",
    at: { ...tempo, stacks: notLocal },
    edit: set("namespace", "elsewhere"),
  },
  {
    rule: "network-egress-narrow",
    what: "S3 egress goes to the world",
    at: toStore,
    edit: set("spec.egress.0.to", [{ ipBlock: { cidr: "0.0.0.0/0" } }]),
  },
  {
    rule: "network-egress-narrow",
    what: "S3 egress goes to the world in two halves",
    at: toStore,
    edit: set("spec.egress.0.to", [{ ipBlock: { cidr: "0.0.0.0/1" } }, { ipBlock: { cidr: "128.0.0.0/1" } }]),
  },
  {
    rule: "network-egress-narrow",
    what: "S3 egress goes to the world but for one",
    at: toStore,
    edit: set("spec.egress.0.to", [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }]),
  },
  {
    rule: "network-egress-narrow",
    what: "S3 egress goes to the IPv6 world",
    at: toStore,
    edit: set("spec.egress.0.to", [{ ipBlock: { cidr: "::/0" } }]),
  },
  { rule: "network-egress-narrow", what: "S3 egress names no peer", at: toStore, edit: unset("spec.egress.0.to") },
  { rule: "network-egress-narrow", what: "S3 egress has an empty peer", at: toStore, edit: set("spec.egress.0.to", [{}]) },
  { rule: "network-ingress-narrow", what: "everyone may push", at: push3100, edit: unset("spec.ingress.0.from") },
  {
    rule: "network-ingress-narrow",
    what: "the internet may push",
    at: push3100,
    edit: set("spec.ingress.0.from", [{ ipBlock: { cidr: "0.0.0.0/0" } }]),
  },
];

export const identities = [...roles, ...stores, ...projects, ...keys, ...cluster, ...network] satisfies readonly Mutation[];
