import { isUnknown, markOf, type Properties, secret, unknown, type Value } from "../wire/values";
import { type ComputedType, computedProperties } from "./computed";
import { knownBeforeCreation } from "./known";
import { parseUrn } from "./urn";

export interface OutputRequest {
  urn: string;
  type: string;
  inputs: Properties;
  additionalSecretOutputs: readonly string[];
  /** Where the SDK packages of the program are looked up. */
  root: string;
  /** Replace what is unknown by deterministic placeholders, so that more can be evaluated. */
  filled: boolean;
}

/** What a resource looks like to the program and to stack policies before it exists; an empty id is an unknown one. */
export function previewOutputs(request: OutputRequest): { id: string; outputs: Properties } {
  const { urn, type, inputs, filled } = request;
  const known = knownBeforeCreation(type, inputs);
  const computed: Properties = {};
  for (const [name, kind] of computedProperties(type, request.root)) computed[name] = filled ? placeholder(urn, name, kind) : unknown;
  const outputs: Properties = { ...inputs, ...computed, ...known.outputs };
  for (const name of request.additionalSecretOutputs) outputs[name] = secret(outputs[name] ?? unknown);
  const id = known.id ?? (filled && !type.startsWith("pulumi:providers:") ? `${parseUrn(urn).name}-id` : "");
  return { id, outputs };
}

function placeholder(urn: string, property: string, kind: ComputedType): Value {
  const { name, types } = parseUrn(urn);
  switch (kind) {
    case "string":
      return property === "arn" || property.endsWith("Arn") ? `arn:aws:${service(types)}:::${name}` : `${name}-${property}`;
    case "number":
      return 0;
    case "boolean":
      return false;
    case "list":
      return [];
    case "other":
      return unknown;
  }
}

function service(types: string): string {
  return types.split("$").at(-1)?.split(":")[1]?.split("/")[0] ?? "";
}

/** Whether anything inside is not known yet; secrets are looked into. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => !(key.length === 32 && markOf(value) === inner) && hasUnknown(inner));
}
