// S3 and the provider have the same names for things, but for the case of their first letters.
import { isObject, type Properties, type Value } from "../../../../../../preview/wire/values";

/** Property of the provider -> element of the API, where more differs than the first letter. */
const exceptions: Readonly<Record<string, string>> = { id: "ID", kmsMasterKeyId: "KMSMasterKeyID", sseAlgorithm: "SSEAlgorithm" };
const properties = Object.fromEntries(Object.entries(exceptions).map(([property, element]) => [element, property]));

export const toApi = (value: Value | undefined): never => renamed(value ?? null, pascal) as never;
export const fromApi = (value: unknown): Value => renamed(value as Value, camel);

const pascal = (key: string): string => exceptions[key] ?? `${key.charAt(0).toUpperCase()}${key.slice(1)}`;
const camel = (key: string): string => properties[key] ?? `${key.charAt(0).toLowerCase()}${key.slice(1)}`;

function renamed(value: Value, rename: (key: string) => string): Value {
  if (Array.isArray(value)) return value.map((element) => renamed(element, rename));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries.map(([key, entry]) => [rename(key), renamed(entry, rename)])) as Properties;
}
