// The configuration of a stack as its program gets it: Pulumi.<stack>.yaml over the defaults of Pulumi.yaml, all values as texts.
import { PreviewFailure } from "../failure";
import { isYamlObject, knownStacks, type Project, readYaml, stackFile, type Yaml, type YamlObject } from "./files";
import { placeholder } from "./placeholders";
import { declaredTypeProblem } from "./project-types";

export interface StackConfig {
  stack: string;
  /** Full key (`granary:logs`) to text; whatever is not a text is JSON. */
  config: Record<string, string>;
  /** Keys whose value is, or holds, a secret. */
  secretKeys: string[];
  /** What stands for the secrets: none of it may be shown. */
  secretTexts: string[];
}

/** Changes to a stack's file, as a test or a benchmark wants them; `secrets` mark their keys. */
export interface Overrides {
  config?: Readonly<Record<string, Yaml>>;
  secrets?: Readonly<Record<string, Yaml>>;
}

export function readStack(project: Project, stack: string, overrides: Overrides = {}): StackConfig {
  const path = stackFile(project, stack);
  if (!path) {
    const known = knownStacks(project);
    throw new PreviewFailure(
      `there is no stack "${stack}"; ${known.length > 0 ? `known are ${known.join(", ")}` : `${project.stackFolder} has no Pulumi.<stack>.yaml`}`,
    );
  }
  const file = readYaml(path);
  if (file.environment !== undefined) {
    throw new PreviewFailure(`${path} imports Pulumi ESC environments, which an offline preview can't open`);
  }
  const given = file.config ?? {};
  if (!isYamlObject(given)) throw new PreviewFailure(`${path}: config must be a mapping of keys to values`);
  return resolveStack(project, stack, path, given, overrides);
}

export function resolveStack(project: Project, stack: string, path: string, given: YamlObject, overrides: Overrides): StackConfig {
  const problems: string[] = [];
  const resolved: StackConfig = { stack, config: {}, secretKeys: [], secretTexts: [] };
  const set = (rawKey: string, value: Yaml, isSecret = false) => {
    const key = fullKey(project, rawKey);
    if (!key) return problems.push(`${rawKey}: configuration keys have the form <namespace>:<name>`);
    const secrets: string[] = [];
    const content = revealed(value, key, secrets);
    if (isSecret) secrets.push(...texts(content));
    resolved.config[key] = typeof content === "string" ? content : JSON.stringify(sorted(content));
    resolved.secretKeys = resolved.secretKeys.filter((known) => known !== key);
    if (isSecret || secrets.length > 0) resolved.secretKeys.push(key);
    resolved.secretTexts.push(...secrets);
    return undefined;
  };
  for (const [key, value] of Object.entries(given)) set(key, value);
  for (const [key, value] of Object.entries(overrides.config ?? {})) set(key, value);
  for (const [key, value] of Object.entries(overrides.secrets ?? {})) set(key, value, true);
  const missing: string[] = [];
  for (const [key, declared] of Object.entries(project.config)) {
    const full = fullKey(project, key) ?? key;
    if (full in resolved.config)
      problems.push(...declaredTypeProblem(stack, key, declared, resolved.config[full] ?? "", resolved.secretKeys.includes(full)));
    else {
      const standard = defaultOf(project, full, declared);
      if (standard !== undefined) set(key, standard);
      else if (full.startsWith(`${project.name}:`)) missing.push(key);
    }
  }
  if (missing.length > 0) problems.push(`missing configuration ${missing.length > 1 ? "values" : "value"} ${missing.sort().join(", ")}`);
  if (problems.length > 0) throw new PreviewFailure(`${path} is wrong:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
  resolved.secretKeys.sort();
  return resolved;
}

/** `key` and `ns:key` and, from older files, `ns:config:key`. */
function fullKey(project: Project, key: string): string | undefined {
  const parts = key.split(":");
  if (parts.length === 1) return `${project.name}:${key}`;
  if (parts.length === 3 && parts[1] === "config") return `${parts[0]}:${parts[2]}`;
  return parts.length === 2 && parts.every(Boolean) ? key : undefined;
}

/** Pulumi.yaml gives `key: value`, `key: {value}`, or a type with a default; a plain value of a key of our own is its default. */
function defaultOf(project: Project, key: string, declared: Yaml): Yaml | undefined {
  if (!isYamlObject(declared)) return declared ?? undefined;
  const typed = "type" in declared || "default" in declared || "value" in declared || "description" in declared || "secret" in declared;
  if (!typed && !key.startsWith(`${project.name}:`)) return declared;
  return declared.value ?? declared.default ?? undefined;
}

/** `secure:` values, at any depth, are encrypted with a passphrase that a preview does not have: typed placeholders take their place. */
function revealed(value: Yaml, path: string, secrets: string[]): Yaml {
  if (Array.isArray(value)) return value.map((element, i) => revealed(element, `${path}[${i}]`, secrets));
  if (!isYamlObject(value)) return value;
  if (Object.keys(value).length === 1 && typeof value.secure === "string") {
    const text = placeholder(path);
    secrets.push(text);
    return text;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revealed(inner, `${path}.${key}`, secrets)]));
}

function texts(value: Yaml): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (isYamlObject(value)) return Object.values(value).flatMap(texts);
  return value === null || typeof value === "boolean" ? [] : [String(value)];
}

function sorted(value: Yaml): Yaml {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isYamlObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}
