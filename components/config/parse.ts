// From the texts that Pulumi hands over to a typed configuration, or to everything that is wrong with them.
import { crossProblems } from "./checks";
import { howToSetSecret, type Problem, problemsOf, secretKeys } from "./problems";
import { type GranaryConfig, granarySchema } from "./schema";
import { type AnySchema, isText } from "./schema-walk";

export type Parsed = { readonly config: GranaryConfig } | { readonly problems: readonly Problem[] };

/** `raw` holds what the stack says under `granary:`, by key, as texts; `isSecret` tells which of those keys are Pulumi secrets. */
export function parseConfig(raw: Readonly<Record<string, string>>, isSecret: (key: string) => boolean): Parsed {
  const input = decode(raw);
  const plain = plainSecrets(input, isSecret);
  const result = granarySchema.safeParse(input);
  const malformed = result.success ? [] : problemsOf(result.error, granarySchema, input);
  const unusable = new Set(malformed.map(({ path }) => topKey(path)));
  const problems = [...plain, ...malformed, ...crossProblems(input, unusable)];
  if (result.success && problems.length === 0) return { config: result.data };
  return { problems: problems.toSorted((a, b) => a.path.localeCompare(b.path, "en")) };
}

const topKey = (path: string): string => /^granary:([^.[]*)/.exec(path)?.[1] ?? "";

/** Pulumi hands maps and lists over as JSON and everything else as text; the schema knows which is which. */
function decode(raw: Readonly<Record<string, string>>): Record<string, unknown> {
  const shape: Readonly<Record<string, AnySchema>> = granarySchema.shape;
  const entries = Object.entries(raw).map(([key, text]): [string, unknown] => {
    const field = shape[key];
    return [key, field && !isText(field) ? fromJson(text) : text];
  });
  return Object.fromEntries(entries);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function plainSecrets(input: Readonly<Record<string, unknown>>, isSecret: (key: string) => boolean): Problem[] {
  return Object.keys(input)
    .filter((key) => secretKeys.has(key) && !isSecret(key))
    .map((key) => ({
      path: `granary:${key}`,
      message: `holds secrets in plain text; take them out of the file, make new ones where they came from, and ${howToSetSecret()}`,
    }));
}
