// What a rule is. Its check is pure: plain resources in, sentences out. `pack.ts` makes a policy of it, `docs.ts` a page.
import type { EnforcementLevel, PolicyConfigSchema, Severity } from "@pulumi/policy";
import type { Fields } from "./readers/values";
import type { Graph, Resource } from "./resource";

export type Group = "encryption" | "least privilege" | "data safety" | "secrets" | "supply chain" | "the pack itself";

/** What other tools call the same demand. */
export interface Names {
  readonly fsbp?: readonly string[];
  readonly cis?: readonly string[];
  readonly checkov?: readonly string[];
}

interface About {
  readonly id: string;
  readonly group: Group;
  readonly severity: Severity;
  /** The default; a policy-config changes it. */
  readonly level: EnforcementLevel;
  /** One sentence that says what must be so. */
  readonly demands: string;
  readonly reason: string;
  readonly fix: string;
  readonly names?: Names;
  /** Settings beside `enforcementLevel` that a policy-config may give. */
  readonly settings?: PolicyConfigSchema["properties"];
}

export interface Context {
  /** The stack is declared local: a cluster on a laptop whose data nobody misses. */
  readonly local: boolean;
  /** The rule's own settings, defaults filled in. */
  readonly settings: Fields;
}

/** Judges one resource by its inputs, before it is created. Yields one sentence for each violation. */
export interface ResourceRule extends About {
  readonly scope: "resource";
  /** The only type it looks at; when left out, `check` decides. */
  readonly type?: string;
  readonly check: (resource: Resource, context: Context) => Iterable<string>;
  /** The safe correction, where there is one: changes the inputs in place and says whether it did. Used at the level `remediate`. */
  readonly remediate?: (props: Record<string, unknown>, context: Context) => boolean;
}

/** Judges a resource by what stands around it. */
export interface StackRule extends About {
  readonly scope: "stack";
  readonly subjects: (graph: Graph, context: Context) => Iterable<Resource>;
  readonly check: (subject: Resource, graph: Graph, context: Context) => Iterable<string>;
}

/** Corrects what a check can't see. Changes the inputs in place and says whether it did. */
export interface RemediationRule extends About {
  readonly scope: "remediation";
  readonly remediate: (props: Record<string, unknown>, type: string) => boolean;
}

export type Rule = ResourceRule | StackRule | RemediationRule;

/** For rules that spare stacks declared local. */
export const localStacks = {
  localStacks: { type: "array", items: { type: "string" }, default: ["local"], description: "Stacks that this rule spares, by name." },
} as const satisfies PolicyConfigSchema["properties"];
