// What the API server lets one do, and what pods may.
import type { Properties } from "../../../preview/wire/values";
import { push, set, unset } from "../edit";
import type { Mutation } from "../harness";
import { deployment, safeContainer } from "./pod";
import { alloy, loki, tempo, types } from "./types";

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

export const cluster: readonly Mutation[] = [
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
