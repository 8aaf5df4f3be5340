// Made for a comment on a pull request: a table of the stacks, and each stack folded away below it.
import { count, plural, policyLines, policySummary } from "./policies";
import type { ReportedStack } from "./report";
import { resourceCount } from "./text";
import { type TreeOptions, treeOf } from "./tree";

/** GitHub refuses comments of more than 65,536 characters. */
const longestComment = 60_000;

export function toMarkdown(stacks: readonly ReportedStack[]): string {
  const whole = document(stacks, {});
  if (whole.length <= longestComment) return whole;
  const note = "Resources inside components are left out, since a comment can't hold them; `npm run preview` shows all.\n";
  return `${document(stacks, { componentsOnly: true })}\n${note}`;
}

function document(stacks: readonly ReportedStack[], options: TreeOptions): string {
  const rows = stacks.map((stack) => {
    const violated = count(stack, "mandatory");
    const state = violated > 0 ? `**${plural(violated, "violation", "violations")}**` : "no violation";
    return `| ${cell(stack.stack)} | ${resourceCount(stack)} | ${state} | ${count(stack, "advisory")} |`;
  });
  return [
    "## Preview",
    "",
    "| stack | resources | policies | advice |",
    "| --- | ---: | --- | ---: |",
    ...rows,
    "",
    ...stacks.map((stack) => section(stack, options)),
    "Made offline from the program alone: what exists already, and what a provider would change or refuse, is not part of it.",
    "",
  ].join("\n");
}

function section(stack: ReportedStack, options: TreeOptions): string {
  const tree = treeOf(stack.resources, options).map(({ branch, name, purpose, guards }) => {
    return `${branch}${name}  ${purpose}${guards.length > 0 ? ` (${guards.join(", ")})` : ""}`;
  });
  const policies = policyLines(stack.policies).map(({ word, policy, resource, message }) => {
    return `- **${word}** ${code(policy)} on ${code(resource)}: ${escaped(message).replace(/\s*\n\s*/g, "<br>")}`;
  });
  const outputs = Object.entries(stack.outputs).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return [
    `<details${count(stack, "mandatory") > 0 ? " open" : ""}>`,
    `<summary><b>${escaped(stack.stack)}</b>: ${plural(resourceCount(stack), "resource", "resources")}; ${escaped(policySummary(stack))}</summary>`,
    "",
    ...policies,
    ...(policies.length > 0 ? [""] : []),
    fenced(tree),
    ...(outputs.length > 0 ? ["", "Outputs", "", fenced(outputs)] : []),
    "",
    "</details>",
    "",
  ].join("\n");
}

/** A fence that is longer than any in the text. */
function fenced(lines: readonly string[]): string {
  const text = lines.join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

function code(text: string): string {
  const ticks = text.includes("`") ? "``" : "`";
  return `${ticks}${text}${ticks}`;
}

function cell(text: string): string {
  return escaped(text).replaceAll("|", "\\|");
}

/** Texts of programs and packs must not become markup, mentions or links to issues. */
function escaped(text: string): string {
  return text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c] ?? c).replace(/([\\`*_[\]#@])/g, "\\$1");
}
