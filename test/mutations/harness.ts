// Applies each mutation to the real resources of the stacks and asks the real analyzer whether the rule that must catch it does.
import { rules } from "../../policy/rules";
import type { Finding } from "../../preview/host/pack";
import { blank, type Resource } from "../../preview/host/resource";
import type { Properties } from "../../preview/wire/values";
import { Analyzer } from "../support/analyzer";
import { type Edit, NothingKnown } from "./edit";
import type { Subject } from "./stacks";

interface Place {
  /** The whole type token, or a part of it that tells it. */
  readonly type: string | RegExp;
  readonly name?: RegExp;
  /** Labels of the stacks to look in; all where it is left out. */
  readonly stacks?: RegExp;
}

interface Common {
  /** What is done, in words. */
  readonly what: string;
  readonly rule: string;
  readonly at: Place;
}

/** A mutation of every resource that fits: its inputs, its options, or the stack around it. */
export type Mutation = Common &
  (
    | { readonly edit: Edit }
    | { readonly options: { readonly protect: boolean } }
    /** The resource is taken away. */
    | { readonly removed: true }
    /** Another resource appears, made from the one that fits. */
    | { readonly added: (near: Resource) => Partial<Resource> & Pick<Resource, "type" | "name">; readonly provider?: Properties }
  );

export interface Outcome {
  readonly mutation: Mutation;
  readonly stack: string;
  readonly resource: string;
  readonly caught: boolean;
  /** What was said instead. */
  readonly said: readonly string[];
}

const scopes = new Map(rules.map(({ id, scope }) => [id, scope]));

/** `once`: at the first resource that fits, instead of at all of them. */
export async function run(subjects: readonly Subject[], mutations: readonly Mutation[], { once = false } = {}): Promise<Outcome[]> {
  const analyzer = await Analyzer.start();
  try {
    const outcomes: Outcome[] = [];
    const met = new Set<Mutation>();
    for (const { label, preview } of subjects) {
      const resources = [...(preview.raw?.resources ?? [])].sort((a, b) => (a.urn < b.urn ? -1 : 1));
      for (const mutation of mutations) {
        for (const target of resources) {
          if (!fits(mutation.at, label, target) || (once && met.has(mutation))) continue;
          const findings = await findingsOf(analyzer, mutation, target, resources);
          if (!findings) continue;
          met.add(mutation);
          outcomes.push(outcome(mutation, label, target, findings));
        }
      }
    }
    return outcomes;
  } finally {
    analyzer.stop();
  }
}

function fits({ type, name, stacks }: Place, label: string, resource: Resource): boolean {
  const sameType = typeof type === "string" ? resource.type === type : type.test(resource.type);
  return sameType && (name?.test(resource.name) ?? true) && (stacks?.test(label) ?? true);
}

/** A rule about one resource is asked about that one, a rule about the stack about all of them. */
async function findingsOf(
  analyzer: Analyzer,
  mutation: Mutation,
  target: Resource,
  resources: readonly Resource[],
): Promise<readonly Finding[] | undefined> {
  const changed = mutated(mutation, target);
  if (changed === "not known") return undefined;
  const all = [...resources.filter((resource) => resource !== target || "added" in mutation), ...(changed ? [changed] : [])];
  if (scopes.get(mutation.rule) === "stack") return analyzer.reviewStack(all);
  const provider = providerOf(mutation) ?? resources.find(({ urn }) => urn === changed?.provider);
  return changed ? (await analyzer.review(changed, provider)).findings : [];
}

const providerOf = (mutation: Mutation): Resource | undefined =>
  "provider" in mutation && mutation.provider
    ? {
        ...blank,
        custom: true,
        urn: "urn:pulumi:mutations::granary::pulumi:providers:aws::p",
        type: "pulumi:providers:aws",
        name: "p",
        inputs: mutation.provider,
        outputs: {},
      }
    : undefined;

function mutated(mutation: Mutation, target: Resource): Resource | "not known" | undefined {
  if ("removed" in mutation) return undefined;
  if ("added" in mutation) return neighbour(mutation.added(target), target);
  // Fresh inputs make a fresh request: the host keeps the one that it made for these.
  if ("options" in mutation) return { ...target, inputs: { ...target.inputs }, ...mutation.options };
  const inputs = structuredClone(target.inputs);
  try {
    mutation.edit(inputs);
  } catch (error) {
    if (error instanceof NothingKnown) return "not known";
    throw new Error(`"${mutation.what}" does not fit ${target.name}: ${(error as Error).message}`);
  }
  const computed = Object.entries(target.outputs).filter(([key]) => !(key in target.inputs));
  return { ...target, inputs, outputs: { ...Object.fromEntries(computed), ...inputs } };
}

function neighbour(made: Partial<Resource> & Pick<Resource, "type" | "name">, near: Resource): Resource {
  const urn = near.urn.replace(/[^:$]+:[^:]+:[^:]+::[^:]+$/, `${made.type}::${made.name}`);
  const inputs = made.inputs ?? {};
  return {
    ...blank,
    custom: true,
    ...(near.parent ? { parent: near.parent } : {}),
    ...(near.provider ? { provider: near.provider } : {}),
    urn,
    outputs: inputs,
    ...made,
  };
}

function outcome(mutation: Mutation, stack: string, target: Resource, findings: readonly Finding[]): Outcome {
  const caught = findings.some(({ policy, level }) => policy === mutation.rule && level !== "advisory");
  const said = [...new Set(findings.filter(({ level }) => level !== "advisory").map(({ policy }) => policy))].sort();
  return { mutation, stack, resource: target.name, caught, said };
}
