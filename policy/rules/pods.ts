// Pods that could not do much even if they were taken over.
import { chartName, chartValues } from "../readers/charts";
import { containersOf, isChart, isNodeAgent, namespaceOf, podOf, workloads } from "../readers/kubernetes";
import { at, type Fields, fields, knownOf, list, objects, text } from "../readers/values";
import type { Graph, Resource } from "../resource";
import { localStacks, type ResourceRule, type StackRule } from "../rule";
import { isPatch } from "../types";

const addable = new Set(["NET_BIND_SERVICE"]);

export const restricted: ResourceRule = {
  id: "pods-restricted",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  settings: localStacks,
  demands: "Pods run as the Kubernetes level restricted has it; only an agent that reads the nodes' own files may be root and mount them.",
  reason: "A container that is privileged, root or on the host's network is one bug away from every pod of its node.",
  fix: "Set runAsNonRoot, allowPrivilegeEscalation: false, capabilities.drop: [ALL] and seccompProfile RuntimeDefault; mount no path of the host.",
  names: {
    cis: ["Kubernetes 5.2"],
    checkov: ["CKV_K8S_16", "CKV_K8S_17", "CKV_K8S_18", "CKV_K8S_19", "CKV_K8S_20", "CKV_K8S_23", "CKV_K8S_31"],
  },
  *check(resource) {
    if (isChart(resource)) yield* chartFaults(resource);
    const pod = podOf(resource);
    if (!pod) return;
    yield* hostFaults(pod.spec, pod.path);
    const agent = isNodeAgent(resource);
    for (const [i, volume] of list(at(pod.spec, "volumes")).entries()) {
      if (!agent && fields(volume).hostPath !== undefined) yield `${pod.path}.volumes[${i}] mounts a path of the host`;
    }
    const whole = fields(at(pod.spec, "securityContext"));
    for (const { path, fields: container } of containersOf(pod)) {
      const own = fields(container.securityContext);
      const where = `${path}.securityContext`;
      yield* contextFaults(own, where, agent);
      if (own.allowPrivilegeEscalation !== false && own.allowPrivilegeEscalation !== true)
        yield `${where}.allowPrivilegeEscalation is not false`;
      if (!agent && (own.runAsNonRoot ?? whole.runAsNonRoot) === undefined) yield `${where}.runAsNonRoot is not true`;
      if (!list(at(own, "capabilities.drop")).some((name) => /^all$/i.test(String(name))))
        yield `${where}.capabilities.drop does not hold ALL`;
      const profile = at(own, "seccompProfile.type") ?? at(whole, "seccompProfile.type");
      if (profile !== "RuntimeDefault" && profile !== "Localhost") yield `${where}.seccompProfile is not RuntimeDefault`;
    }
    yield* contextFaults(whole, `${pod.path}.securityContext`, agent);
  },
};

/** The charts' own defaults are restricted; what the values change must stay so. */
function* chartFaults(release: Resource): Generator<string> {
  const agent = isNodeAgent(release);
  for (const { path, fields: holder } of objects(chartValues(release), "values")) {
    yield* hostFaults(holder, path);
    if (/securityContext$/i.test(path)) yield* contextFaults(holder, path, agent);
    if (!agent && "hostPath" in holder && typeof fields(holder.hostPath).path === "string") yield `${path} mounts a path of the host`;
  }
}

function* hostFaults(spec: Fields, path: string): Generator<string> {
  for (const key of ["hostNetwork", "hostPID", "hostIPC"]) if (spec[key] === true) yield `${path}.${key} is on`;
}

function* contextFaults(context: Fields, path: string, agent: boolean): Generator<string> {
  if (context.privileged === true) yield `${path}.privileged is on`;
  if (context.allowPrivilegeEscalation === true) yield `${path}.allowPrivilegeEscalation is on`;
  if (!agent && context.runAsNonRoot === false) yield `${path}.runAsNonRoot is off`;
  if (!agent && context.runAsUser === 0) yield `${path}.runAsUser is root`;
  for (const name of list(at(context, "capabilities.add")))
    if (!addable.has(String(name))) yield `${path}.capabilities.add holds ${String(name)}`;
  if (at(context, "seccompProfile.type") === "Unconfined") yield `${path}.seccompProfile is Unconfined`;
}

const namespaceType = "kubernetes:core/v1:Namespace";
const enforce = "pod-security.kubernetes.io/enforce";

export const namespaceEnforces: StackRule = {
  id: "namespace-pod-security",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "stack",
  demands: "Namespaces that the program makes enforce the level restricted; one that holds nothing but node agents may be privileged.",
  reason: "The API server then refuses what a chart's next version might slip in.",
  fix: `Label the namespace ${enforce}: restricted.`,
  names: { cis: ["Kubernetes 5.2.1"] },
  subjects: (graph) => graph.ofType(namespaceType),
  *check(namespace, graph) {
    const level = text(fields(at(namespace.props, "metadata.labels"))[enforce]);
    if (level === "restricted" || (level === undefined && isPatch(namespace))) return;
    const inside = inhabitants(graph, text(at(namespace.props, "metadata.name")));
    if (inside.length > 0 && inside.some(isNodeAgent) && inside.every(isSmall)) return;
    yield `it enforces ${level ?? "no pod security level"}`;
  },
};

const inhabitants = (graph: Graph, namespace: string | undefined): Resource[] =>
  knownOf(workloads(graph), (resource) => (namespaceOf(resource) === namespace ? [resource] : []));

/** A node agent, or the same program beside it: nothing else shares a privileged namespace. */
const isSmall = (resource: Resource): boolean => isNodeAgent(resource) || chartName(resource) === "alloy";
