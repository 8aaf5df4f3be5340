import { stackType } from "../host/urn";
import { counts, plural, policyLines, policySummary } from "./policies";
import type { ReportedStack } from "./report";
import { treeOf } from "./tree";

export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
}
const ansi = (code: number, end: number) => (text: string) => `\u001b[${code}m${text}\u001b[${end}m`;
const asIs = (text: string) => text;
export const colours: Paint = { bold: ansi(1, 22), dim: ansi(2, 22), red: ansi(31, 39), yellow: ansi(33, 39), green: ansi(32, 39) };
export const plainText: Paint = { bold: asIs, dim: asIs, red: asIs, yellow: asIs, green: asIs };

export function toText(stacks: readonly ReportedStack[], paint: Paint = plainText): string {
  return `${[...stacks.map((stack) => stackText(stack, paint)), summary(stacks, paint)].join("\n")}\n`;
}

/** The stack's own line counts as none of its resources. */
export function resourceCount(stack: ReportedStack): number {
  return stack.resources.filter(({ type }) => type !== stackType).length;
}

function stackText(stack: ReportedStack, paint: Paint): string {
  const tree = treeOf(stack.resources).map(({ branch, name, purpose, guards, component }) => {
    const guarded = guards.length > 0 ? paint.dim(` (${guards.join(", ")})`) : "";
    return `${paint.dim(branch)}${component ? paint.bold(name) : name}  ${paint.dim(purpose)}${guarded}`;
  });
  const colour = { mandatory: paint.red, remediate: paint.green, advisory: paint.yellow, disabled: paint.dim };
  const policies = policyLines(stack.policies).map(({ level, word, policy, resource, message }) => {
    const text = message.split("\n").map((line) => `      ${line}`);
    return [`    ${colour[level](word)} ${policy}  ${resource}`, ...text].join("\n");
  });
  const outputs = Object.entries(stack.outputs).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`);
  return [
    `${paint.bold(stack.stack)}  ${paint.dim(plural(resourceCount(stack), "resource", "resources"))}`,
    ...tree.map((line) => `  ${line}`),
    `  ${paint.bold("policies")}  ${policySummary(stack)}`,
    ...policies,
    ...(outputs.length > 0 ? [`  ${paint.bold("outputs")}`, ...outputs] : []),
    "",
  ].join("\n");
}

function summary(stacks: readonly ReportedStack[], paint: Paint): string {
  const resources = stacks.reduce((sum, stack) => sum + resourceCount(stack), 0);
  return `${paint.bold(plural(stacks.length, "stack", "stacks"))}, ${plural(resources, "resource", "resources")}; ${counts(stacks)}`;
}
