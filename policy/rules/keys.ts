// Whose key a workload has.
import { claimType } from "../readers/buckets";
import { secretsRead, workloads } from "../readers/kubernetes";
import { at, fields, knownOf, list, peek, text } from "../readers/values";
import type { Graph, Resource } from "../resource";
import type { StackRule } from "../rule";
import { objectUserType } from "./ceph";

/** Secrets that hold the key of a bucket's owner: a claim's own, and those of the users that own claims. */
function ownersSecrets(graph: Graph): ReadonlyMap<string, string> {
  const claims = knownOf(graph.ofType(claimType), ({ props }) => [
    { name: at(props, "metadata.name"), owner: peek(props, "spec.additionalConfig.bucketOwner") },
  ]);
  const owners = new Set(claims.map(({ owner }) => owner));
  const ofClaims = claims.map(({ name }): [string, string] => [
    String(name),
    `the claim ${name} writes it with the key of the bucket's owner`,
  ]);
  const ofUsers = knownOf(graph.ofType(objectUserType), ({ props }) => {
    const name = at(props, "metadata.name");
    if (!owners.has(name)) return [];
    const given = list(at(props, "spec.keys")).flatMap((key) => [at(key, "accessKeyRef.name"), at(key, "secretKeyRef.name")]);
    const made = `rook-ceph-object-user-${String(at(props, "spec.store"))}-${String(name)}`;
    return [made, ...given].map((secret): [string, string] => [
      String(secret),
      `it holds the key of ${String(name)}, who owns the buckets`,
    ]);
  });
  return new Map([...ofClaims, ...ofUsers]);
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
  const keySecrets = new Set([...writtenKeys(graph), ...fetchedKeys(graph).map(({ secret }) => secret)]);
  const found = [...workloadUses(graph, keySecrets), ...itemUses(graph), ...associationUses(graph), ...userUses(graph)];
  const uses = new Map<string, Use[]>();
  for (const { identity, workload, urn } of found) uses.set(identity, [...(uses.get(identity) ?? []), { workload, urn }]);
  return uses;
}

interface Identified extends Use {
  readonly identity: string;
}

const storeKeyNames = new Set(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "access_key_id", "access_key_secret"]);
const secretType = "kubernetes:core/v1:Secret";
const externalSecretType = "kubernetes:external-secrets.io/v1:ExternalSecret";

/** Secrets of this stack that hold a store's keys: other Secrets (a CA, a gateway's password) may be shared. */
const writtenKeys = (graph: Graph): string[] =>
  knownOf(graph.ofType(secretType), ({ props }) => {
    const keys = [...Object.keys(fields(props.stringData)), ...Object.keys(fields(props.data))];
    return keys.some((key) => storeKeyNames.has(key)) ? [String(at(props, "metadata.name"))] : [];
  });

const fetchedKeys = (graph: Graph): { secret: string; urn: string; items: unknown[] }[] =>
  knownOf(graph.ofType(externalSecretType), ({ props, urn }) => {
    const data = list(at(props, "spec.data"));
    const keys = [...Object.keys(fields(at(props, "spec.target.template.data"))), ...data.map((item) => String(at(item, "secretKey")))];
    const secret = String(at(props, "spec.target.name") ?? at(props, "metadata.name"));
    return keys.some((key) => storeKeyNames.has(key)) ? [{ secret, urn, items: data.map((item) => at(item, "remoteRef")) }] : [];
  });

const workloadUses = (graph: Graph, keySecrets: ReadonlySet<string>): Identified[] =>
  workloads(graph).flatMap((workload) => {
    const use = { workload: workload.name, urn: workload.urn };
    const secrets = new Set(knownOf([workload], secretsRead).map(({ secret }) => secret));
    const keys = [...secrets].filter((secret) => keySecrets.has(secret)).map((secret) => `the Secret ${secret}`);
    return [...keys, ...rolesIn(workload).map((role) => `the role ${role}`)].map((identity) => ({ identity, ...use }));
  });

function rolesIn({ props, propertyDependencies }: Resource): string[] {
  const written = JSON.stringify(props.values ?? {});
  if (!written.includes(roleAnnotation)) return [];
  const named = new Set([...written.matchAll(/"eks\.amazonaws\.com\/role-arn":"(arn:[^"]+)"/g)].map(([, arn]) => arn ?? ""));
  // Before the role exists its ARN is unknown, but not which resource it will come from.
  return named.size > 0 ? [...named] : (propertyDependencies.values ?? []).filter((urn) => urn.includes("aws:iam/role:Role"));
}

const roleAnnotation = "eks.amazonaws.com/role-arn";

/** One item of an outside store that becomes two Secrets. The Secrets of one workload in two shapes are one use. */
const itemUses = (graph: Graph): Identified[] =>
  fetchedKeys(graph).flatMap(({ secret, urn, items }) => {
    const identities = items.map(
      (item) => `the remote key ${String(at(item, "key"))}${at(item, "property") ? ` (${String(at(item, "property"))})` : ""}`,
    );
    return [...new Set(identities)].map((identity) => ({ identity, workload: secret, urn }));
  });

const associationUses = (graph: Graph): Identified[] =>
  knownOf(graph.ofType("aws:eks/podIdentityAssociation:PodIdentityAssociation"), ({ props, propertyDependencies, urn }) => {
    const role = propertyDependencies.roleArn?.[0] ?? text(props.roleArn);
    const workload = `${String(at(props, "namespace"))}/${String(at(props, "serviceAccount"))}`;
    return role ? [{ identity: `the role ${role}`, workload, urn }] : [];
  });

/** Two users of a store that hold one key are one user. */
const userUses = (graph: Graph): Identified[] =>
  knownOf(graph.ofType(objectUserType), ({ props, name, urn }) => {
    const secrets = new Set(list(at(props, "spec.keys")).map((key) => String(at(key, "accessKeyRef.name"))));
    return [...secrets].map((secret) => ({ identity: `the users' key in ${secret}`, workload: name, urn }));
  });

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
