// What is wrong with a stack's configuration, in words: where, what was found, what would be right.
import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
import { type AnySchema, schemaAt } from "./schema-walk";

export interface Problem {
  /** As users write it: `granary:logs.retention`. */
  readonly path: string;
  readonly message: string;
}

/** Keys whose values are secrets as a whole: never repeated in a message, never taken in plain text. */
export const secretKeys: ReadonlySet<string> = new Set(["keys"]);

const looksSecret = /secret|password|passwd|token|access_?key|private_?key|credential/i;

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  object: "a map",
  record: "a map",
  array: "a list",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

/** `["logs", "tenants", 0, "name"]` as `granary:logs.tenants[0].name`. */
function configPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part, i) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return i === 0 ? `granary:${String(part)}` : `${text}.${String(part)}`;
  }, "granary:");
}

export function problemsOf(error: z.ZodError, schema: AnySchema, input: unknown): Problem[] {
  const issues = error.issues as z.core.$ZodIssue[];
  // A text where a list belongs is also too long for a list: once is enough.
  const ofWrongKind = new Set(issues.filter(({ code }) => code === "invalid_type").map(({ path }) => configPath(path)));
  return issues
    .filter(({ code, path }) => !(code.startsWith("too_") && ofWrongKind.has(configPath(path))))
    .flatMap((issue) => describe(issue, schema, input));
}

function describe(issue: z.core.$ZodIssue, schema: AnySchema, input: unknown): Problem[] {
  const path = configPath(issue.path);
  if (issue.code === "unrecognized_keys") {
    const known = schemaAt(schema, issue.path, input)?.keys ?? [];
    return issue.keys.map((key) => ({ path: configPath([...issue.path, key]), message: unknownKey(key, known, issue.path, input) }));
  }
  if (issue.code === "invalid_key") {
    const right = issue.issues.map(({ message }) => message).join("; ");
    return [{ path, message: `found the key ${JSON.stringify(issue.path.at(-1))}; allowed is ${right}` }];
  }
  const found = valueAt(input, issue.path);
  if (found === undefined) return [{ path, message: `is missing; it takes ${allowed(issue, schema, input)}` }];
  const shown = secretKeys.has(String(issue.path[0])) ? "a value that is not shown" : show(found);
  return [{ path, message: `found ${shown}; allowed is ${allowed(issue, schema, input)}${nearest(found, issue, schema, input)}` }];
}

/** The words for what would be right. Schemas say it themselves where only they know it. */
function allowed(issue: z.core.$ZodIssue, schema: AnySchema, input: unknown): string {
  const choices = choicesOf(issue, schema, input);
  if (choices.length > 0) return choices.length === 1 ? `${choices[0]}` : `one of ${choices.join(", ")}`;
  const expects = schemaAt(schema, issue.path, input)?.expects;
  if (issue.code === "invalid_union") return expects ?? issue.message;
  if (issue.code === "invalid_type") return expects ?? kinds[issue.expected] ?? issue.expected;
  if (issue.code === "too_small") return bound("at least", issue.minimum, issue.origin, issue.exact);
  if (issue.code === "too_big") return bound("at most", issue.maximum, issue.origin, issue.exact);
  return issue.message;
}

function bound(word: string, limit: number | bigint, origin: string, exact: boolean | undefined): string {
  const amount = exact ? `exactly ${limit}` : `${word} ${limit}`;
  if (origin === "string") return `text of ${amount} characters`;
  if (origin === "array" || origin === "set") return `a list of ${amount} entries`;
  return amount;
}

function choicesOf(issue: z.core.$ZodIssue, schema: AnySchema, input: unknown): readonly string[] {
  if (issue.code === "invalid_value") return issue.values.map(String);
  if (issue.code === "invalid_union") return schemaAt(schema, issue.path, input)?.choices ?? [];
  if (issue.code === "invalid_type") return schemaAt(schema, issue.path, input)?.choices ?? [];
  return [];
}

function nearest(found: unknown, issue: z.core.$ZodIssue, schema: AnySchema, input: unknown): string {
  const near = typeof found === "string" ? closeTo(found, choicesOf(issue, schema, input)) : undefined;
  return near ? `; did you mean ${near}?` : "";
}

function unknownKey(key: string, known: readonly string[], parent: readonly PropertyKey[], input: unknown): string {
  const near = closeTo(key, known);
  const where = parent.length === 0 ? "granary:" : "";
  const hint = near ? `did you mean ${where}${near}?` : `known here: ${known.map((k) => where + k).join(", ")}`;
  const isSecret = !near && looksSecret.test(key) && typeof valueAt(input, [...parent, key]) === "string";
  return `is not a key that Granary knows; ${hint}${isSecret ? `; secrets are not written here: ${howToSetSecret()}` : ""}`;
}

export function howToSetSecret(path = "granary:keys.<workload>.secretAccessKey"): string {
  return `run \`pulumi config set --secret --path '${path}'\` and type the value when asked`;
}

function closeTo(text: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(
    text.toLowerCase(),
    [...known].map((k) => k.toLowerCase()),
  );
  const original = known.find((k) => k.toLowerCase() === candidate);
  return distance(text.toLowerCase(), candidate) <= Math.max(2, Math.floor(text.length / 3)) ? original : undefined;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | undefined | null)?.[part], input);
}

function show(value: unknown): string {
  if (typeof value === "string")
    return value === "" ? "empty text" : JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}...` : value);
  if (Array.isArray(value)) return "a list";
  if (value === null) return "nothing";
  return typeof value === "object" ? "a map" : String(value);
}
