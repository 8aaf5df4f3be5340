// Pods, wherever they are described: as workloads of their own or by a chart's values.
import type { Graph, Resource } from "../resource";
import { chartName, chartTypes, chartValues } from "./charts";
import { at, type Fields, fields, list, objects, text } from "./values";

const podPaths: Readonly<Record<string, string>> = {
  "kubernetes:core/v1:Pod": "spec",
  "kubernetes:apps/v1:Deployment": "spec.template.spec",
  "kubernetes:apps/v1:StatefulSet": "spec.template.spec",
  "kubernetes:apps/v1:DaemonSet": "spec.template.spec",
  "kubernetes:apps/v1:ReplicaSet": "spec.template.spec",
  "kubernetes:core/v1:ReplicationController": "spec.template.spec",
  "kubernetes:batch/v1:Job": "spec.template.spec",
  "kubernetes:batch/v1:CronJob": "spec.jobTemplate.spec.template.spec",
};

/** A pod's specification and where it stands; nothing for what runs no pods of its own. */
export function podOf({ type, props }: Resource): { readonly path: string; readonly spec: Fields } | undefined {
  const path = podPaths[type];
  return path === undefined ? undefined : { path, spec: fields(at(props, path)) };
}

export interface Container {
  readonly path: string;
  readonly fields: Fields;
}

export function containersOf(pod: { readonly path: string; readonly spec: Fields }): Container[] {
  return ["containers", "initContainers", "ephemeralContainers"].flatMap((kind) =>
    list(at(pod.spec, kind)).map((container, i) => ({ path: `${pod.path}.${kind}[${i}]`, fields: fields(container) })),
  );
}

export const isChart = ({ type }: Resource): boolean => (chartTypes as readonly string[]).includes(type);

/** Whether a resource makes pods: a workload, a chart, a TempoStack. */
export const runsPods = (resource: Resource): boolean =>
  resource.type in podPaths || isChart(resource) || resource.type === "kubernetes:tempo.grafana.com/v1alpha1:TempoStack";

export const namespaceOf = ({ type, props }: Resource): string | undefined =>
  text(type.startsWith("kubernetes:helm.sh/") ? at(props, "namespace") : at(props, "metadata.namespace"));

/** Reads what is on the nodes themselves: one pod on each, with paths of the host. It can't be restricted, only kept apart and small. */
export function isNodeAgent(resource: Resource): boolean {
  if (resource.type === "kubernetes:apps/v1:DaemonSet") return true;
  return (
    isChart(resource) && chartName(resource) === "alloy" && (at(chartValues(resource), "controller.type") ?? "daemonset") === "daemonset"
  );
}

/** Secrets that a resource's pods read, by name, with the place that names each. */
export function* secretsRead(resource: Resource): Generator<{ readonly path: string; readonly secret: string }> {
  if (resource.type === "kubernetes:tempo.grafana.com/v1alpha1:TempoStack") {
    const secret = text(at(resource.props, "spec.storage.secret.name"));
    if (secret) yield { path: "spec.storage.secret.name", secret };
    return;
  }
  const root = isChart(resource) ? chartValues(resource) : podOf(resource)?.spec;
  for (const { path, fields: holder } of objects(root ?? {}, isChart(resource) ? "values" : "spec")) {
    for (const key of ["secretRef", "secretKeyRef"]) {
      const secret = text(fields(holder[key]).name);
      if (secret) yield { path: `${path}.${key}`, secret };
    }
  }
}

export const workloads = (graph: Graph): readonly Resource[] => graph.view((whole) => whole.resources.filter(runsPods));
