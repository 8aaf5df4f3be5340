import type { ReportedStack } from "./report";

/** The stable form for other programs; docs/preview.md describes it. */
export function toJson(stacks: readonly ReportedStack[]): string {
  const content = stacks.map(({ stack, resources, policies, outputs }) => ({ stack, resources, policies, outputs }));
  return `${JSON.stringify({ granary: 1, stacks: content }, null, 2)}\n`;
}
