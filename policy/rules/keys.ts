// Whose key a workload has.
import { claimType } from "../readers/buckets";
import { secretsRead, workloads } from "../readers/kubernetes";
import { at, fields, list, text } from "../readers/values";
import type { Graph, Resource } from "../resource";
import type { StackRule } from "../rule";
import { objectUserType } from "./ceph";

/** Secrets that hold the key of a bucket's owner: a claim's own, and those of the users that own claims. */
function ownersSecrets(graph: Graph): ReadonlyMap<string, string> {
  const secrets = new Map<string, string>();
  const owners = new Set<string>();
  for (const claim of graph.ofType(claimType)) {
    const name = text(at(claim.props, "metadata.name"));
    const owner = text(at(claim.props, "spec.additionalConfig.bucketOwner"));
    if (name) secrets.set(name, `the claim ${name} writes it with the key of the bucket's owner`);
    if (owner) owners.add(owner);
  }
  for (const user of graph.ofType(objectUserType)) {
    const name = text(at(user.props, "metadata.name"));
    const store = text(at(user.props, "spec.store"));
    if (!name || !owners.has(name)) continue;
    const why = `it holds the key of ${name}, who owns the buckets`;
    secrets.set(`rook-ceph-object-user-${store}-${name}`, why);
    for (const key of list(at(user.props, "spec.keys"))) {
      for (const ref of ["accessKeyRef", "secretKeyRef"]) {
        const secret = text(at(key, `${ref}.name`));
        if (secret) secrets.set(secret, why);
      }
    }
  }
  return secrets;
}

export const notTheOwnersKey: StackRule = {
  id: "workload-not-owners-key",
  group: "least privilege",
  severity: "critical",
  level: "mandatory",
  scope: "stack",
  demands: "No workload is given the key of a bucket's owner.",
  reason: "The owner stands above the bucket's policy: it may read all prefixes, change the policy and delete the bucket.",
  fix: "Give each workload a CephObjectStoreUser of its own and let the bucket's policy name it.",
  subjects: workloads,
  *check(workload, graph) {
    const owners = graph.view(ownersSecrets);
    for (const { path, secret } of secretsRead(workload)) {
      const why = owners.get(secret);
      if (why) yield `${path} names ${secret}: ${why}`;
    }
  },
};

interface Use {
  readonly workload: string;
  readonly urn: string;
}

/** What stands for one identity, and who uses it: a Secret with a store's keys, a role, an item of an outside store. */
function identityUses(graph: Graph): ReadonlyMap<string, Use[]> {
  const uses = new Map<string, Use[]>();
  const note = (identity: string, use: Use) => uses.set(identity, [...(uses.get(identity) ?? []), use]);
  const keySecrets = storeKeySecrets(graph);
  for (const workload of workloads(graph)) {
    const use = { workload: workload.name, urn: workload.urn };
    const read = new Set([...secretsRead(workload)].map(({ secret }) => secret));
    for (const secret of read) if (keySecrets.has(secret)) note(`the Secret ${secret}`, use);
    for (const role of rolesIn(workload)) note(`the role ${role}`, use);
  }
  for (const { identity, use } of [...fetchedKeys(graph), ...associations(graph), ...usersKeys(graph)]) note(identity, use);
  return uses;
}

const storeKeyNames = new Set(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "access_key_id", "access_key_secret"]);

/** Secrets of this stack that hold a store's keys: other Secrets (a CA, a gateway's password) may be shared. */
function storeKeySecrets(graph: Graph): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { props } of graph.ofType("kubernetes:core/v1:Secret")) {
    const keys = [...Object.keys(fields(props.stringData)), ...Object.keys(fields(props.data))];
    const name = text(fields(props.metadata).name);
    if (name && keys.some((key) => storeKeyNames.has(key))) names.add(name);
  }
  for (const { props } of graph.ofType("kubernetes:external-secrets.io/v1:ExternalSecret")) {
    const keys = [
      ...Object.keys(fields(at(props, "spec.target.template.data"))),
      ...list(at(props, "spec.data")).map((item) => String(fields(item).secretKey)),
    ];
    const name = text(at(props, "spec.target.name")) ?? text(at(props, "metadata.name"));
    if (name && keys.some((key) => storeKeyNames.has(key))) names.add(name);
  }
  return names;
}

const roleAnnotation = "eks.amazonaws.com/role-arn";

function* rolesIn({ props, propertyDependencies }: Resource): Generator<string> {
  const written = JSON.stringify(props.values ?? {});
  if (!written.includes(roleAnnotation)) return;
  const named = new Set([...written.matchAll(/"eks\.amazonaws\.com\/role-arn":"(arn:[^"]+)"/g)].map(([, arn]) => arn ?? ""));
  yield* named;
  // Before the role exists its ARN is unknown, but not which resource it will come from.
  if (named.size === 0) yield* (propertyDependencies.values ?? []).filter((urn) => urn.includes("aws:iam/role:Role"));
}

function* fetchedKeys(graph: Graph): Generator<{ identity: string; use: Use }> {
  for (const secret of graph.ofType("kubernetes:external-secrets.io/v1:ExternalSecret")) {
    const workload = text(at(secret.props, "spec.target.name")) ?? secret.name;
    const seen = new Set<string>();
    for (const item of list(at(secret.props, "spec.data"))) {
      const { key, property } = fields(at(item, "remoteRef"));
      const identity = `the remote key ${String(key)}${property ? ` (${String(property)})` : ""}`;
      if (!seen.has(identity)) yield { identity, use: { workload, urn: secret.urn } };
      seen.add(identity);
    }
  }
}

function* associations(graph: Graph): Generator<{ identity: string; use: Use }> {
  for (const { props, propertyDependencies, name, urn } of graph.ofType("aws:eks/podIdentityAssociation:PodIdentityAssociation")) {
    const role = propertyDependencies.roleArn?.[0] ?? text(props.roleArn);
    if (role)
      yield { identity: `the role ${role}`, use: { workload: `${String(props.namespace)}/${String(props.serviceAccount) || name}`, urn } };
  }
}

/** Two users of a store that hold one key are one user. */
function* usersKeys(graph: Graph): Generator<{ identity: string; use: Use }> {
  for (const user of graph.ofType(objectUserType)) {
    const secrets = new Set(list(at(user.props, "spec.keys")).map((key) => text(at(key, "accessKeyRef.name"))));
    for (const secret of secrets)
      if (secret) yield { identity: `the key of the users in ${secret}`, use: { workload: user.name, urn: user.urn } };
  }
}

export const oneKeyOneWorkload: StackRule = {
  id: "one-key-one-workload",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "stack",
  demands: "A key or a role is used by one workload.",
  reason: "With a shared key nobody can tell who read or deleted what, and changing it stops everyone at once.",
  fix: "Give each workload its own user, role or item.",
  subjects: (graph) => graph.resources.filter(({ urn }) => graph.view(usesByUrn).has(urn)),
  *check(resource, graph) {
    for (const [identity, uses] of graph.view(usesByUrn).get(resource.urn) ?? []) {
      // The first one to use it is not the one to blame.
      if (uses[0]?.urn !== resource.urn) yield `${identity} is also used by ${uses[0]?.workload}`;
    }
  },
};

function usesByUrn(graph: Graph): ReadonlyMap<string, [string, Use[]][]> {
  const shared = new Map<string, [string, Use[]][]>();
  for (const [identity, uses] of graph.view(identityUses)) {
    const users = new Map(uses.map((use) => [use.urn, use]));
    if (users.size < 2) continue;
    for (const urn of users.keys()) shared.set(urn, [...(shared.get(urn) ?? []), [identity, [...users.values()]]]);
  }
  return shared;
}
