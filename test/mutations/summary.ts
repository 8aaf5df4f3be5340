// What the harness found, in lines.
import type { Rule } from "../../policy/rule";
import type { Mutation, Outcome } from "./harness";
import type { Subject } from "./stacks";

const ratio = (outcomes: readonly Outcome[]): string => `${outcomes.filter(({ caught }) => caught).length}/${outcomes.length}`;

export const figure = ratio;

export function linesOf(outcomes: readonly Outcome[], rules: readonly Rule[]): string[] {
  return rules.map(({ id }) => `${ratio(outcomes.filter(({ mutation }) => mutation.rule === id)).padStart(9)}  ${id}`);
}

/** Everything that must not be: a mutation missed or without a resource, a rule without a mutation, an unmutated stack with a violation. */
export function faultsOf(
  subjects: readonly Subject[],
  outcomes: readonly Outcome[],
  mutations: readonly Mutation[],
  rules: readonly Rule[],
): string[] {
  const missed = outcomes.filter(({ caught }) => !caught);
  const met = new Set(outcomes.map(({ mutation }) => mutation));
  const mutated = new Set([...met].map(({ rule }) => rule));
  const known = new Set(rules.map(({ id }) => id));
  return [
    ...missed.map(
      ({ mutation, stack, resource, said }) =>
        `missed by ${mutation.rule}: ${mutation.what} (${stack}: ${resource})${said.length > 0 ? `; said: ${said.join(", ")}` : ""}`,
    ),
    ...mutations.filter((mutation) => !met.has(mutation)).map(({ rule, what }) => `no resource for: ${what} (${rule})`),
    ...mutations.filter(({ rule }) => !known.has(rule)).map(({ rule }) => `there is no rule ${rule}`),
    ...rules.filter(({ id }) => !mutated.has(id)).map(({ id }) => `no mutation for the rule ${id}`),
    ...subjects.flatMap(({ label, preview }) =>
      preview.policies
        .filter(({ level }) => level !== "advisory")
        .map(({ policy, urn, message }) => `unmutated ${label} violates ${policy}: ${urn.split("::").at(-1)}: ${message}`),
    ),
  ];
}
