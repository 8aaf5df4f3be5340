// The result of a preview as it is shown: sorted, without clock or randomness, secrets and unknowns replaced. See docs/preview.md.

import type { PackSummary } from "../host/pack";
import type { Level } from "../host/pack-config";
import type { Preview } from "../host/preview";
import type { Resource } from "../host/resource";
import type { Secrets } from "../host/secrets";
import type { Properties } from "../wire/values";
import { shownProperties } from "./shown";

export interface ReportedResource {
  urn: string;
  type: string;
  name: string;
  parent: string | null;
  provider: string | null;
  protect: boolean;
  retainOnDelete: boolean;
  dependsOn: string[];
  inputs: Properties;
}
export interface ReportedPolicy {
  pack: string;
  policy: string;
  level: Level;
  urn: string;
  message: string;
}
export interface ReportedStack {
  stack: string;
  /** The packs that looked at it; not part of the JSON. */
  packs: PackSummary[];
  resources: ReportedResource[];
  policies: ReportedPolicy[];
  outputs: Properties;
}

export function report(preview: Preview): ReportedStack {
  const { secrets } = preview;
  return {
    stack: preview.stack,
    packs: preview.packs,
    resources: preview.resources.map((resource) => reported(resource, secrets)).sort(by((resource) => [resource.urn])),
    policies: preview.findings
      .map(({ pack, policy, level, urn, message }) => ({ pack, policy, level, urn, message: secrets.mask(message) }))
      .sort(by((policy) => [policy.urn, policy.pack, policy.policy, policy.message])),
    outputs: shownProperties(preview.outputs, secrets),
  };
}

function reported(resource: Resource, secrets: Secrets): ReportedResource {
  return {
    urn: secrets.mask(resource.urn),
    type: resource.type,
    name: secrets.mask(resource.name),
    parent: resource.parent ?? null,
    provider: resource.provider ?? null,
    protect: resource.protect,
    retainOnDelete: resource.retainOnDelete,
    dependsOn: [...resource.dependencies].sort(),
    inputs: shownProperties(withoutInternal(resource.inputs), secrets),
  };
}

/** The SDK and the engine keep things of their own among the inputs: the text of a dynamic provider, for one. */
function withoutInternal(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));
}

/** Compares by code units, which no locale changes. */
function by<Item>(keys: (item: Item) => string[]): (a: Item, b: Item) => number {
  return (a, b) => {
    const left = keys(a).join("\0");
    const right = keys(b).join("\0");
    return left < right ? -1 : left > right ? 1 : 0;
  };
}
