// Workloads of rendered charts: which nodes their pods need, and what happens to them in an update and when a node is drained.
import { fenceposts } from "../../support/rollout";
import type { KubernetesObject } from "../servers";

type Labels = Readonly<Record<string, string>>;
interface Term {
  readonly labelSelector: { readonly matchLabels?: Labels };
  readonly topologyKey: string;
}
interface Spec {
  readonly replicas?: number;
  readonly strategy?: Strategy;
  readonly updateStrategy?: Strategy;
  readonly template: {
    readonly metadata: { readonly labels: Labels };
    readonly spec: {
      readonly affinity?: {
        readonly podAntiAffinity?: { readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly Term[] };
      } | null;
    };
  };
}
type Strategy = Parameters<typeof fenceposts>[0];

export interface Workload {
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet";
  readonly name: string;
  readonly replicas: number;
  readonly labels: Labels;
  readonly strategy: Strategy;
  readonly required: readonly Term[];
  readonly isCache: boolean;
}

const kinds: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "DaemonSet"]);

export function workloadsOf(rendered: readonly KubernetesObject[]): Workload[] {
  return rendered.flatMap((object) => {
    if (!kinds.has(object.kind)) return [];
    const { spec } = object as unknown as { spec: Spec };
    const { metadata, spec: pod } = spec.template;
    const one: Workload = {
      kind: object.kind as Workload["kind"],
      name: `${object.kind} ${object.metadata.name}`,
      replicas: spec.replicas ?? 1,
      labels: metadata.labels,
      strategy: spec.strategy ?? spec.updateStrategy ?? {},
      required: pod.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [],
      isCache: (metadata.labels["app.kubernetes.io/component"] ?? "").startsWith("memcached"),
    };
    return one.replicas > 0 ? [one] : [];
  });
}

const matches = (wanted: Labels | undefined, labels: Labels): boolean =>
  Object.entries(wanted ?? {}).every(([key, value]) => labels[key] === value);

/** Whether no two of its pods may share a node. */
export const repelsItself = ({ required, labels }: Workload): boolean =>
  required.some(({ labelSelector, topologyKey }) => topologyKey === "kubernetes.io/hostname" && matches(labelSelector.matchLabels, labels));

export const nodesNeeded = (one: Workload): number => (one.kind !== "DaemonSet" && repelsItself(one) ? one.replicas : 1);

/** Whether an update ends on so many nodes: a Deployment's new pod may need the node of an old one, which then must go first. */
export function placeableAgain(one: Workload, nodes: number): boolean {
  if (one.kind !== "Deployment" || !repelsItself(one)) return true;
  return nodes > one.replicas || fenceposts(one.strategy, one.replicas).unavailable > 0;
}

interface Budget {
  readonly minAvailable?: number;
  readonly maxUnavailable?: number;
  readonly selector: { readonly matchLabels: Labels };
}

/** Whether every disruption budget lets one of its pods go. */
export function drainable({ labels, replicas }: Workload, rendered: readonly KubernetesObject[]): boolean {
  const budgets = rendered
    .filter(({ kind }) => kind === "PodDisruptionBudget")
    .map((object) => (object as unknown as { spec: Budget }).spec)
    .filter(({ selector }) => matches(selector.matchLabels, labels));
  return budgets.every(({ minAvailable, maxUnavailable }) => (maxUnavailable ?? replicas - (minAvailable ?? 0)) >= 1);
}
