import type { Level } from "../host/pack-config";
import { parseUrn } from "../host/urn";
import type { ReportedPolicy, ReportedStack } from "./report";

const order: readonly Level[] = ["mandatory", "remediate", "advisory", "disabled"];
const words: Readonly<Record<Level, string>> = {
  mandatory: "violation",
  remediate: "remediated",
  advisory: "advice",
  disabled: "disabled",
};

export interface PolicyLine {
  level: Level;
  word: string;
  policy: string;
  resource: string;
  message: string;
}

/** Violations first. */
export function policyLines(policies: readonly ReportedPolicy[]): PolicyLine[] {
  const sorted = [...policies].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  return sorted.map(({ level, pack, policy, urn, message }) => ({
    ...{ level, message, word: words[level] },
    policy: `${pack}/${policy}`,
    resource: nameOf(urn),
  }));
}

export function count(stack: ReportedStack, level: Level): number {
  return stack.policies.filter((policy) => policy.level === level).length;
}

export function violations(stacks: readonly ReportedStack[]): number {
  return stacks.reduce((sum, stack) => sum + count(stack, "mandatory"), 0);
}

/** "42 policies of granary: 1 violation, 2 pieces of advice" */
export function policySummary(stack: ReportedStack): string {
  if (stack.packs.length === 0) return "no policy pack looked at it";
  const packs = stack.packs.map(({ name, policies }) => `${plural(policies, "policy", "policies")} of ${name}`).join(", ");
  return `${packs}: ${counts([stack])}`;
}

export function counts(stacks: readonly ReportedStack[]): string {
  const total = (level: Level) => stacks.reduce((sum, stack) => sum + count(stack, level), 0);
  const remediated = total("remediate");
  const parts = [plural(total("mandatory"), "violation", "violations"), plural(total("advisory"), "piece of advice", "pieces of advice")];
  return [...parts, ...(remediated > 0 ? [`${remediated} remediated`] : [])].join(", ");
}

export function plural(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

function nameOf(urn: string): string {
  try {
    return parseUrn(urn).name;
  } catch {
    return urn;
  }
}
