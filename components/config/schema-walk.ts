// Finds what the schema says about a place in the configuration, so that messages can name the keys and choices known there.
import type { z } from "zod";

export type AnySchema = z.core.$ZodType;

export interface Place {
  readonly keys: readonly string[];
  readonly choices: readonly string[];
  /** What belongs here, in the schema's own words. */
  readonly expects: string | undefined;
}

/** Undefined where the path leads through something that the schema does not describe. */
export function schemaAt(schema: AnySchema, path: readonly PropertyKey[], input: unknown): Place | undefined {
  let current: AnySchema | undefined = schema;
  let value = input;
  for (const part of path) {
    current = current && step(current, part, value);
    value = (value as Record<PropertyKey, unknown> | undefined | null)?.[part];
  }
  return current && place(current, value, path.at(-1));
}

/** Takes away what wraps a schema without changing the shape that users write: defaults, options, transforms. */
function bare(schema: AnySchema): z.core.$ZodTypeDef & Record<string, unknown> {
  const def = schema._zod.def as z.core.$ZodTypeDef & Record<string, unknown>;
  if (def.type === "pipe") return bare(def.in as AnySchema);
  return def.innerType ? bare(def.innerType as AnySchema) : def;
}

function step(schema: AnySchema, part: PropertyKey, value: unknown): AnySchema | undefined {
  const def = bare(schema);
  if (def.type === "object") return (def.shape as Record<PropertyKey, AnySchema>)[part];
  if (def.type === "array") return def.element as AnySchema;
  if (def.type === "record") return def.valueType as AnySchema;
  if (def.type === "union") {
    const discriminator = def.discriminator as string | undefined;
    if (part === discriminator) return schema;
    const option = chosenOption(def, value);
    return option && step(option, part, value);
  }
  return undefined;
}

function place(schema: AnySchema, value: unknown, last?: PropertyKey): Place {
  const def = bare(schema);
  if (def.type === "object") return { keys: Object.keys(def.shape as object), choices: [], expects: undefined };
  const choices = words(schema);
  if (choices.length > 0) return { keys: [], choices, expects: undefined };
  if (def.type === "union") {
    const kinds = discriminators(def);
    if (last === def.discriminator) return { keys: [], choices: kinds, expects: undefined };
    const option = chosenOption(def, value);
    const expects = kinds.length > 0 ? `a map whose ${def.discriminator} is one of ${kinds.join(", ")}` : undefined;
    return { keys: option ? place(option, value).keys : [], choices: [], expects };
  }
  return { keys: [], choices: [], expects: formatWords(def) };
}

/** A text with a format says in its own error what it takes: asked for by giving it a text that no format takes. */
function formatWords(def: Record<string, unknown>): string | undefined {
  const checks = [def, ...((def.checks as { _zod: { def: Record<string, unknown> } }[] | undefined) ?? []).map((check) => check._zod.def)];
  const error = checks.map((check) => check.error).find((e) => typeof e === "function") as ((issue: object) => unknown) | undefined;
  const words = error?.({});
  return typeof words === "string" ? words : undefined;
}

function chosenOption(def: Record<string, unknown>, value: unknown): AnySchema | undefined {
  const discriminator = def.discriminator as string | undefined;
  const options = def.options as AnySchema[];
  if (!discriminator) return options.find((option) => bare(option).type === "object");
  const wanted = (value as Record<string, unknown> | undefined | null)?.[discriminator];
  return options.find((option) => words(tagOf(option, discriminator)).includes(String(wanted)));
}

function discriminators(def: Record<string, unknown>): readonly string[] {
  const discriminator = def.discriminator as string | undefined;
  return discriminator ? (def.options as AnySchema[]).flatMap((option) => words(tagOf(option, discriminator))) : [];
}

const tagOf = (option: AnySchema, discriminator: string): AnySchema | undefined =>
  (bare(option).shape as Record<string, AnySchema> | undefined)?.[discriminator];

/** The words of which one is to be chosen; none where anything else is possible. */
function words(schema: AnySchema | undefined): readonly string[] {
  if (!schema) return [];
  const def = bare(schema);
  if (def.type === "enum") return Object.values(def.entries as object).map(String);
  if (def.type === "literal") return (def.values as unknown[]).map(String);
  const options = def.type === "union" && !def.discriminator ? (def.options as AnySchema[]).map(words) : [];
  return options.every((option) => option.length > 0) ? options.flat() : [];
}

/** Whether users write a plain word here, and not a map, a list, a number or a truth value. */
export const isText = (schema: AnySchema): boolean => ["string", "enum", "literal"].includes(bare(schema).type);
