// What service accounts may ask of the API server, in objects and in chart values.
import { chartValues } from "../readers/charts";
import { isChart } from "../readers/kubernetes";
import { at, type Fields, fields, list, objects, text } from "../readers/values";
import type { Resource } from "../resource";
import type { ResourceRule } from "../rule";

const roles = new Set(["kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "kubernetes:rbac.authorization.k8s.io/v1:Role"]);
const bindings = new Set([
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
]);

interface Permission {
  readonly path: string;
  readonly rule: Fields;
}

/** Rules of a role, or what a chart's values make rules of: any object with verbs. */
function* permissions(resource: Resource): Generator<Permission> {
  if (roles.has(resource.type)) {
    for (const [i, rule] of list(at(resource.props, "rules")).entries()) yield { path: `rules[${i}]`, rule: fields(rule) };
  } else if (isChart(resource)) {
    for (const { path, fields: holder } of objects(chartValues(resource), "values"))
      if (Array.isArray(holder.verbs)) yield { path, rule: holder };
  }
}

const has = (rule: Fields, key: string, word: string): boolean => list(rule[key]).includes(word);

export const noWildcards: ResourceRule = {
  id: "rbac-no-wildcards",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  demands: "Roles name their verbs, resources and API groups, and none lets its holder rise.",
  reason: "A star also means delete, and everything that a later operator adds; escalate, bind and impersonate mean everything at once.",
  fix: "List what the program asks for: get, list and watch on pods, for example.",
  names: { cis: ["Kubernetes 5.1.3"], checkov: ["CKV_K8S_49"] },
  *check(resource) {
    for (const { path, rule } of permissions(resource)) {
      for (const key of ["verbs", "resources", "apiGroups", "nonResourceURLs"]) if (has(rule, key, "*")) yield `${path}.${key} holds *`;
      for (const verb of ["escalate", "bind", "impersonate"]) if (has(rule, "verbs", verb)) yield `${path}.verbs holds ${verb}`;
      for (const name of ["pods/exec", "pods/attach", "nodes/proxy", "serviceaccounts/token"]) {
        if (has(rule, "resources", name)) yield `${path}.resources holds ${name}`;
      }
    }
  },
};

export const noSecretsWide: ResourceRule = {
  id: "rbac-no-secrets-wide",
  group: "least privilege",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  demands: "No role reads Secrets that it does not name.",
  reason: "Who may list Secrets has the keys of every bucket, and the tokens of every account.",
  fix: "Give resourceNames and the verb get; list and watch can't be narrowed by name.",
  names: { cis: ["Kubernetes 5.1.2"] },
  *check(resource) {
    for (const { path, rule } of permissions(resource)) {
      if (!has(rule, "resources", "secrets")) continue;
      if (list(rule.resourceNames).length === 0) yield `${path} reaches every Secret`;
      else
        for (const verb of ["list", "watch", "deletecollection"])
          if (has(rule, "verbs", verb)) yield `${path} may ${verb} Secrets, which resourceNames does not narrow`;
    }
  },
};

const wideRoles = new Set(["cluster-admin", "admin", "edit", "system:masters"]);

export const noClusterAdmin: ResourceRule = {
  id: "rbac-no-cluster-admin",
  group: "least privilege",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  demands: "Nothing is bound to cluster-admin, admin or edit, and no role is given to everyone.",
  reason: "Collecting logs needs to read a few kinds of objects; these roles own the cluster or the namespace.",
  fix: "Bind a role that lists what is needed to one service account.",
  names: { cis: ["Kubernetes 5.1.1"] },
  *check(resource) {
    if (!bindings.has(resource.type)) return;
    const role = text(at(resource.props, "roleRef.name")) ?? "";
    if (wideRoles.has(role)) yield `roleRef.name is ${role}`;
    for (const [i, subject] of list(at(resource.props, "subjects")).entries()) {
      const name = text(at(subject, "name")) ?? "";
      if (/^system:(authenticated|unauthenticated|anonymous|serviceaccounts(:.*)?)$/.test(name)) yield `subjects[${i}] is ${name}`;
    }
  },
};
