// What the Tempo operator does of its own accord.
import { tempoStackType } from "../readers/programs";
import { at } from "../readers/values";
import { localStacks, type ResourceRule } from "../rule";

export const tempoStackPolicies: ResourceRule = {
  id: "tempostack-network",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  type: tempoStackType,
  settings: localStacks,
  demands: "A TempoStack says networkPolicy.enabled: false, and the stack's own policies guard it.",
  reason:
    "The operator's policies let every pod of the cluster send spans and ask for any tenant's, and Tempo's pods reach every address; what they allow is added to what others do.",
  fix: "Set spec.networkPolicy.enabled to false, and open in NetworkPolicies what is used.",
  *check(stack, { local }) {
    if (!local && at(stack.props, "spec.networkPolicy.enabled") !== false) yield "spec.networkPolicy.enabled is not false";
  },
};
