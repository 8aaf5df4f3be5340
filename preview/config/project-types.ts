import { isYamlObject, type Yaml } from "./files";

/** What is wrong with a value whose type Pulumi.yaml declares; the value itself is never part of the message. */
export function declaredTypeProblem(stack: string, key: string, declared: Yaml, text: string, isSecret: boolean): string[] {
  if (!isYamlObject(declared) || typeof declared.type !== "string") return [];
  if (declared.secret === true && !isSecret) {
    return [`${key} must be encrypted; run: pulumi config set --secret ${key} --stack ${stack}`];
  }
  return matches(declared, text) ? [] : [`${key} must be of type ${typeName(declared)}`];
}

function matches(declared: Yaml, value: Yaml): boolean {
  if (!isYamlObject(declared)) return true;
  switch (declared.type) {
    case "string":
      return typeof value === "string";
    case "boolean":
      return value === true || value === false || value === "true" || value === "false";
    case "integer":
      return Number.isInteger(typeof value === "string" && value.trim() ? Number(value) : value);
    case "array": {
      const elements = parsed(value);
      return Array.isArray(elements) && elements.every((element) => matches(declared.items ?? null, element));
    }
    case "object":
      return isYamlObject(parsed(value));
    default:
      return true;
  }
}

function parsed(value: Yaml): Yaml {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Yaml;
  } catch {
    return value;
  }
}

function typeName(declared: Yaml): string {
  if (!isYamlObject(declared)) return "any";
  return declared.type === "array" ? `array<${typeName(declared.items ?? null)}>` : String(declared.type);
}
