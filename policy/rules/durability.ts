// What holds data stays.
import { isBucket } from "../readers/buckets";
import { at } from "../readers/values";
import type { Resource } from "../resource";
import { localStacks, type ResourceRule } from "../rule";
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
