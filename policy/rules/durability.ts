// What holds data stays.
import { isBucket } from "../readers/buckets";
import { namespaceOf } from "../readers/kubernetes";
import { programsIn } from "../readers/programs";
import { at, list } from "../readers/values";
import type { Graph, Resource } from "../resource";
import { localStacks, type ResourceRule, type StackRule } from "../rule";
import { keyType } from "./aws-keys";
import { objectStoreType } from "./ceph";

const holdsData = (resource: Resource): boolean => resource.type === keyType || resource.type === objectStoreType || isBucket(resource);

export const protectedData: ResourceRule = {
  id: "data-protected",
  group: "data safety",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  settings: localStacks,
  demands: "Buckets, claims, object stores and keys are protected.",
  reason: "A destroyed stack or a renamed resource would otherwise delete the logs, or the key without which nobody reads them.",
  fix: "Set the resource option protect: true (and retainOnDelete: true, which a policy is not told about).",
  *check(resource, { local }) {
    if (!local && holdsData(resource) && !resource.protect) yield "protect is not set";
  },
};

/** Namespaces in which Loki or Tempo keeps data on volumes, by what its own configuration says. */
const namespacesWithData = (graph: Graph): ReadonlySet<string | undefined> => {
  const loki = programsIn(graph, "loki").filter(({ config }) =>
    list(at(config.value, "schema_config.configs")).some((period) => at(period, "object_store") === "filesystem"),
  );
  const tempo = programsIn(graph, "tempo").filter(({ config }) => at(config.value, "storage.trace.backend") === "local");
  return new Set([...loki, ...tempo].map(({ resource }) => namespaceOf(resource)));
};

export const protectedVolumes: StackRule = {
  id: "volumes-protected",
  group: "data safety",
  severity: "critical",
  level: "mandatory",
  scope: "stack",
  settings: localStacks,
  demands: "A namespace in which Loki or Tempo keeps data on volumes is protected.",
  reason: "Claims go with their namespace: a destroyed stack or a renamed namespace would delete the only copy.",
  fix: "Set the namespace's resource option protect: true (and retainOnDelete: true, which a policy is not told about).",
  subjects: (graph, { local }) => (local ? [] : graph.ofType("kubernetes:core/v1:Namespace").filter(({ protect }) => !protect)),
  *check({ props }, graph) {
    const name = at(props, "metadata.name");
    if (typeof name === "string" && graph.view(namespacesWithData).has(name)) yield "protect is not set";
  },
};

export const noForceDestroy: ResourceRule = {
  id: "bucket-no-force-destroy",
  group: "data safety",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  settings: localStacks,
  demands: "No bucket is emptied in order to be deleted.",
  reason: "With forceDestroy a replacement deletes every object first, versions included.",
  fix: "Leave forceDestroy out.",
  *check(resource, { local }) {
    if (local || !isBucket(resource)) return;
    if (at(resource.props, "forceDestroy") === true) yield "forceDestroy is on";
  },
  remediate(props) {
    if (props.forceDestroy !== true) return false;
    props.forceDestroy = false;
    return true;
  },
};
