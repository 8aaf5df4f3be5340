// A stack's Kubernetes objects, as the provider would send them to the API server.
import type { ReportedResource } from "../../../preview/report/report";
import type { KubernetesObject } from "../servers";

export interface StackObjects {
  readonly objects: readonly KubernetesObject[];
  /** Types that are no objects of a cluster, or that Helm makes objects of: how many of each. */
  readonly leftOut: Readonly<Record<string, number>>;
}

const kubernetesType = /^kubernetes:(?:(?<group>[^/:]+)\/)?(?<version>v\w+):(?<kind>\w+)$/;

export function stackObjects(resources: readonly ReportedResource[]): StackObjects {
  const objects: KubernetesObject[] = [];
  const leftOut: Record<string, number> = {};
  for (const { type, name, inputs } of resources) {
    const { group, version, kind } = kubernetesType.exec(type)?.groups ?? {};
    if (!version || !kind || group === "helm.sh") leftOut[type] = (leftOut[type] ?? 0) + 1;
    else objects.push(objectOf(name, group && group !== "core" ? `${group}/${version}` : version, kind, inputs));
  }
  return { objects: objects.sort((a, b) => rank(a) - rank(b)), leftOut };
}

/** Namespaces come before what is in them. */
const rank = ({ kind }: KubernetesObject) => (kind === "Namespace" ? 0 : 1);

function objectOf(name: string, apiVersion: string, kind: string, inputs: Readonly<Record<string, unknown>>): KubernetesObject {
  const { metadata = {}, ...rest } = inputs as { metadata?: Record<string, unknown> };
  // Auto-naming: what has no name of its own gets the resource's and a random end.
  const named = { name: `${name}-1234abcd`, ...metadata };
  // A patch is applied to the object that it names.
  const object = { ...rest, apiVersion, kind: kind.replace(/Patch$/, ""), metadata: named };
  return kind === "Secret" ? withPlaceholders(object) : object;
}

/** What is secret is not in a preview, and often not even known before the update. */
function withPlaceholders(object: KubernetesObject): KubernetesObject {
  const { data, stringData } = object as { data?: unknown; stringData?: unknown };
  const filled = (values: unknown, value: string) =>
    values === undefined ? undefined : typeof values === "object" && values !== null ? mapValues(values, value) : { placeholder: value };
  return {
    ...object,
    ...(data === undefined ? {} : { data: filled(data, Buffer.from("placeholder").toString("base64")) }),
    ...(stringData === undefined ? {} : { stringData: filled(stringData, "placeholder") }),
  };
}

const mapValues = (values: object, value: string) => Object.fromEntries(Object.keys(values).map((key) => [key, value]));
