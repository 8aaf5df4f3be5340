import { masked, type Secrets } from "../host/secrets";
import { isObject, isUnknown, markOf, marks, type Properties, type Value } from "../wire/values";

export const unknownText = "[unknown]";

/** A value as anyone may see it: keys sorted, marks resolved, and what is equal to a secret masked even where nothing marks it. */
export function shown(value: Value, secrets: Secrets): Value {
  if (isUnknown(value)) return unknownText;
  if (typeof value === "string") return secrets.mask(value);
  if (Array.isArray(value)) return value.map((element) => shown(element, secrets));
  if (!isObject(value)) return value;
  switch (markOf(value)) {
    case marks.secret:
      return masked;
    case marks.output:
      return value.secret === true ? masked : value.value === undefined ? unknownText : shown(value.value, secrets);
    case marks.resource:
      return typeof value.urn === "string" ? value.urn : unknownText;
    case marks.asset:
    case marks.archive:
      return asset(value, secrets);
    default:
      return shownProperties(value, secrets);
  }
}

export function shownProperties(properties: Properties, secrets: Secrets): Properties {
  const keys = Object.keys(properties).sort();
  return Object.fromEntries(keys.map((key) => [secrets.mask(key), shown(properties[key] ?? null, secrets)]));
}

function asset(value: Properties, secrets: Secrets): Value {
  const { path, uri, text } = value;
  const named = Object.entries({ path, uri, text }).filter(([, content]) => content !== undefined) as [string, Value][];
  return shownProperties(Object.fromEntries(named), secrets);
}
