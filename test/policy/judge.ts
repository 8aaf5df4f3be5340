// Runs the pack's policies over plain resources, the way the SDK calls them.
import type { Policies, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { policiesOf } from "../../policy/pack";
import type { Resource } from "../../policy/resource";
import { rules } from "../../policy/rules";
import { aws } from "./valid/aws";
import { kubernetes } from "./valid/kubernetes";
import { objects } from "./valid/objects";

export type Config = Readonly<Record<string, object>>;

export interface Violation {
  readonly rule: string;
  /** What was found, without the demand before and the remedy after it. */
  readonly says: string;
  readonly urn: string | undefined;
}

export const today = "2026-11-21";

/** A stack in which everything is as it should be. */
export const valid: Readonly<Record<string, Resource>> = { ...aws, ...kubernetes, ...objects };

export const judge = (resources: readonly Resource[], config: Config = {}): Violation[] =>
  judgeWith(
    policiesOf(rules, () => today),
    resources,
    config,
  );

/** `part`: only what is asked about each resource, or only what is asked about the stack. */
export function judgeWith(policies: Policies, resources: readonly Resource[], config: Config, part?: "each" | "stack"): Violation[] {
  const found: Violation[] = [];
  const shown = resources.map(asPolicyResource);
  const note = (rule: string, message: string, urn: string | undefined) => {
    found.push({ rule, says: (message.split("\n")[0] ?? "").replace(/^[\w.-]+: /, ""), urn });
  };
  for (const resource of part === "stack" ? [] : shown) {
    for (const policy of policies) {
      if (!("validateResource" in policy) || typeof policy.validateResource !== "function") continue;
      const type = (policy.validateResource as { __pulumiType?: string }).__pulumiType;
      if (type !== undefined && type !== resource.type) continue;
      const getConfig = () => config[policy.name] ?? {};
      policy.validateResource({ ...resource, getConfig } as unknown as ResourceValidationArgs, (message, urn) =>
        note(policy.name, message, urn),
      );
    }
  }
  for (const policy of part === "each" ? [] : policies) {
    if (!("validateStack" in policy)) continue;
    const getConfig = <T extends object>() => (config[policy.name] ?? {}) as T;
    const notApplicable = (): never => {
      throw new Error("not applicable");
    };
    policy.validateStack({ resources: shown, getConfig, stackTags: new Map(), notApplicable }, (message, urn) =>
      note(policy.name, message, urn),
    );
  }
  return found;
}

/** The valid stack with some resources put in the place of their namesakes. */
export const withInstead = (changes: Readonly<Record<string, Resource | undefined>>): Resource[] =>
  Object.entries({ ...valid, ...changes }).flatMap(([, resource]) => (resource ? [resource] : []));

function asPolicyResource(resource: Resource): PolicyResource {
  const of = (urns: readonly string[]) => urns.map((urn) => ({ urn }));
  return {
    ...resource,
    props: structuredClone(resource.props),
    opts: { protect: resource.protect },
    dependencies: of(resource.dependencies),
    propertyDependencies: Object.fromEntries(Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, of(urns)])),
  } as unknown as PolicyResource;
}
