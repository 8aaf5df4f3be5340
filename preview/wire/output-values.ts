// Transforms see which resources a value came from: before them values become "output values", after them plain marks again.
import { isObject, isUnknown, markOf, marks, type Properties, secret, signature, unknown, type Value } from "./values";

export type Dependencies = ReadonlyMap<string, readonly string[]>;

/** Wraps each property that depends on something into an output value that says so. */
export function withDependencies(properties: Properties, dependencies: Dependencies): Properties {
  return mapProperties(properties, (value, key) => {
    const urns = dependencies.get(key) ?? [];
    return urns.length === 0 || markOf(value) === marks.output ? value : outputValue(value, urns);
  });
}

/** Turns output values back into unknowns, secrets and plain values, at any depth. */
export function withoutDependencies(properties: Properties): Properties {
  return mapProperties(properties, (value) => unwrapped(value));
}

/** Which resources each property depends on, as far as its output values say. */
export function dependenciesOf(properties: Properties): Map<string, string[]> {
  return new Map(Object.entries(properties).map(([key, value]) => [key, [...new Set(urnsIn(value))].sort()]));
}

function outputValue(value: Value, urns: readonly string[]): Value {
  const isSecret = markOf(value) === marks.secret;
  const inner = isSecret && isObject(value) ? (value.value ?? null) : value;
  return {
    [signature]: marks.output,
    ...(isUnknown(inner) ? {} : { value: inner }),
    ...(isSecret ? { secret: true } : {}),
    dependencies: [...urns],
  };
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
  const own = Array.isArray(value.dependencies) ? value.dependencies.filter((urn) => typeof urn === "string") : [];
  return value.value === undefined ? own : [...own, ...urnsIn(value.value)];
}

function mapProperties(properties: Properties, map: (value: Value, key: string) => Value): Properties {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, map(value, key)]));
}
