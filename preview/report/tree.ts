// The resources of a stack as a tree of lines: name, what it is for, and how it is guarded.
import { describe } from "../describe/describe";
import { stackType } from "../host/urn";
import type { ReportedResource } from "./report";

export interface TreeLine {
  /** The branches before the name. */
  branch: string;
  name: string;
  purpose: string;
  /** "protected", "kept": what keeps it from being deleted. */
  guards: string[];
  component: boolean;
}

export interface TreeOptions {
  /** Leave out what components consist of. */
  componentsOnly?: boolean;
}

export function treeOf(resources: readonly ReportedResource[], { componentsOnly = false }: TreeOptions = {}): TreeLine[] {
  const shown = resources.filter(
    ({ type, provider }) => type !== stackType && (!componentsOnly || (provider === null && !isProvider(type))),
  );
  const present = new Set(shown.map(({ urn }) => urn));
  const children = new Map<string, ReportedResource[]>();
  for (const resource of shown) {
    const parent = resource.parent !== null && present.has(resource.parent) ? resource.parent : "";
    children.set(parent, [...(children.get(parent) ?? []), resource]);
  }
  return below("", "", children);
}

function below(parent: string, indent: string, children: ReadonlyMap<string, readonly ReportedResource[]>): TreeLine[] {
  const siblings = [...(children.get(parent) ?? [])].sort(readingOrder);
  return siblings.flatMap((resource, i) => {
    const last = i === siblings.length - 1;
    const line = {
      branch: `${indent}${last ? "└─ " : "├─ "}`,
      name: resource.name,
      purpose: describe(resource),
      guards: [...(resource.protect ? ["protected"] : []), ...(resource.retainOnDelete ? ["kept on delete"] : [])],
      component: resource.provider === null && !isProvider(resource.type),
    };
    return [line, ...below(resource.urn, `${indent}${last ? "   " : "│  "}`, children)];
  });
}

/** Components first, since they say what the rest belongs to; providers last; otherwise by name. */
function readingOrder(a: ReportedResource, b: ReportedResource): number {
  const rank = ({ type, provider }: ReportedResource) => (isProvider(type) ? 2 : provider === null ? 0 : 1);
  return rank(a) - rank(b) || (a.name < b.name ? -1 : 1);
}

function isProvider(type: string): boolean {
  return type.startsWith("pulumi:providers:");
}
