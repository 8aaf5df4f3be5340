// Transforms see which resources a value came from: before them values become "output values", after them plain marks again.
import { holds, isObject, isUnknown, markOf, marks, type Properties, secret, signature, unknown, type Value } from "./values";

export type Dependencies = ReadonlyMap<string, readonly string[]>;

/** Turns unknowns and secrets, at any depth, into output values, and says for each property what it depends on. */
export function withDependencies(properties: Properties, dependencies: Dependencies): Properties {
  return mapProperties(properties, (value, key) => {
    const upgraded = wrapped(value);
    const urns = dependencies.get(key) ?? [];
    const known = new Set(urnsIn(upgraded));
    if (urns.every((urn) => known.has(urn))) return upgraded;
    const output = isObject(upgraded) && markOf(upgraded) === marks.output ? upgraded : { [signature]: marks.output, value: upgraded };
    return { ...output, dependencies: [...new Set([...dependenciesIn(output), ...urns])] };
  });
}

/** Turns output values back into unknowns, secrets and plain values, at any depth. */
export function withoutDependencies(properties: Properties): Properties {
  if (!holds(properties, marks.output)) return properties;
  return mapProperties(properties, (value) => unwrapped(value));
}

/** Which resources each property depends on, as far as its output values say. */
export function dependenciesOf(properties: Properties): Map<string, string[]> {
  return new Map(Object.entries(properties).map(([key, value]) => [key, [...new Set(urnsIn(value))].sort()]));
}

function wrapped(value: Value): Value {
  if (isUnknown(value)) return { [signature]: marks.output };
  if (Array.isArray(value)) return value.map(wrapped);
  if (!isObject(value)) return value;
  if (value[signature] === marks.output) return value;
  if (value[signature] !== marks.secret) return mapProperties(value, (inner) => wrapped(inner));
  const inner = value.value ?? null;
  return { [signature]: marks.output, secret: true, ...(isUnknown(inner) ? {} : { value: wrapped(inner) }) };
}

function unwrapped(value: Value): Value {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (!isObject(value)) return value;
  if (value[signature] !== marks.output) return mapProperties(value, (inner) => unwrapped(inner));
  const inner = value.value === undefined ? unknown : unwrapped(value.value);
  return value.secret === true ? secret(inner) : inner;
}

function urnsIn(value: Value): string[] {
  if (Array.isArray(value)) return value.flatMap(urnsIn);
  if (!isObject(value)) return [];
  if (value[signature] !== marks.output) return Object.values(value).flatMap(urnsIn);
  return [...dependenciesIn(value), ...(value.value === undefined ? [] : urnsIn(value.value))];
}

function dependenciesIn(output: Properties): string[] {
  return Array.isArray(output.dependencies) ? output.dependencies.filter((urn) => typeof urn === "string") : [];
}

function mapProperties(properties: Properties, map: (value: Value, key: string) => Value): Properties {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, map(value, key)]));
}
