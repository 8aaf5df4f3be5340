// docs/settings.md: every setting of a stack's file with what it does, made from the schema that editors read.
import { durationPattern, sizePattern } from "../components/config/units";

export type Json = { readonly [key: string]: unknown };
type Property = readonly [path: string, schema: Json, needed: boolean];

const head = `# Settings

Everything that a \`Pulumi.<stack>.yaml\` can say under \`config\`, with the prefix \`granary:\`. Written by \`npm run schema\` from the program's own schema; an editor shows the same sentences.
A duration is a whole number with a unit (\`30d\`, \`12h\`, \`1h30m\`), a size a number with one (\`10Gi\`, \`100GB\`). \`<name>\` stands for a key that you choose, \`[]\` for each entry of a list, and a word in
brackets for the \`kind\` that a setting belongs to. What has no default and is not needed may be left out.
`;

export function settingsPage(stackFile: Json): string {
  const config = ((stackFile.properties as Json).config ?? {}) as Json;
  const seen = new Map<string, string>();
  const sections = propertiesOf("", config).flatMap(([path, schema]) => section(path, schema, seen));
  return [head, ...sections].join("\n");
}

function section(path: string, schema: Json, seen: Map<string, string>): string[] {
  const [first, ...more] = optionsOf(schema);
  const name = path.replace("granary:", "");
  if (more.length > 0 && first) {
    const tables = optionsOf(schema).map((option) => `### ${name}, kind ${kindOf(option)}\n\n${table(rowsBelow(name, option, seen))}`);
    return [`## ${name}\n${text(schema)}\n`, ...tables];
  }
  const inner = rowsBelow(name, schema, seen);
  return [`## ${name}\n${text(schema)}\n`, ...(inner.length > 0 ? [table(inner)] : [`Takes ${kind(schema)}.${defaultWords(schema)}\n`])];
}

const table = (rows: readonly string[]): string => `| setting | what it does | takes | default |\n|---|---|---|---|\n${rows.join("\n")}\n`;

/** One row for each setting below. What was shown under another name before is named there and not repeated. */
function rowsBelow(path: string, schema: Json, seen: Map<string, string>): string[] {
  return below(path, schema).flatMap(([inner, property, needed]) => {
    const row = (more = "") =>
      `| \`${inner}\` | ${text(property)}${more} | ${kind(property)} | ${needed ? "needed" : shownDefault(property)} |`;
    if (below(inner, property).length === 0) return [row()];
    const { description: _, default: __, ...shape } = property;
    const before = seen.get(JSON.stringify(shape));
    if (before !== undefined) return [row(before === inner ? " As above." : ` As \`${before}\`.`)];
    seen.set(JSON.stringify(shape), inner);
    return [row(), ...rowsBelow(inner, property, seen)];
  });
}

function below(path: string, schema: Json): Property[] {
  if (isEncrypted(schema)) return [];
  const options = optionsOf(schema);
  if (options.length > 0) return options.flatMap((option) => below(kindOf(option) ? `${path} (${kindOf(option)})` : path, option));
  if (schema.items) return below(`${path}[]`, schema.items as Json);
  if (isMap(schema.additionalProperties)) return below(`${path}.<name>`, schema.additionalProperties);
  return propertiesOf(`${path}.`, schema);
}

function propertiesOf(prefix: string, schema: Json): Property[] {
  const needed = (schema.required ?? []) as readonly string[];
  return Object.entries((schema.properties ?? {}) as Json).map(([key, property]) => [prefix + key, property as Json, needed.includes(key)]);
}

const isEncrypted = ({ properties }: Json): boolean => (properties as Json | undefined)?.secure !== undefined;
const isMap = (value: unknown): value is Json => typeof value === "object" && value !== null;
const optionsOf = (schema: Json): readonly Json[] => (schema.oneOf ?? schema.anyOf ?? []) as readonly Json[];

function kindOf(option: Json): string {
  const tag = ((option.properties ?? {}) as Json).kind as Json | undefined;
  return tag?.const === undefined ? ((tag?.enum ?? []) as string[]).join(", ") : String(tag.const);
}

function kind(schema: Json): string {
  const options = [...new Set(optionsOf(schema).map(kind))];
  if (options.length > 0) return options.join(" or ");
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum) return (schema.enum as unknown[]).map(code).join(", ");
  if (schema.type === "array") return `a list: ${kind(schema.items as Json)}`;
  if (isEncrypted(schema)) return "a text, set by `pulumi config set --secret`";
  if (schema.type === "object") {
    return isMap(schema.additionalProperties) && schema.additionalProperties.type ? `a map: ${kind(schema.additionalProperties)}` : "a map";
  }
  if (schema.type === "boolean") return "`true`, `false`";
  if (schema.type === "integer" || schema.type === "number") return number(schema);
  return words.get(String(schema.pattern)) ?? (schema.format === "uri" ? "a URL" : "text");
}

const words = new Map([
  [durationPattern.source, "a duration"],
  [sizePattern.source, "a size"],
]);

function number(schema: Json): string {
  const limit = (value: unknown) => (value === undefined || Math.abs(Number(value)) >= Number.MAX_SAFE_INTEGER ? "" : String(value));
  const what = schema.type === "integer" ? "a whole number" : "a number";
  const [least, most] = [limit(schema.minimum ?? schema.exclusiveMinimum), limit(schema.maximum ?? schema.exclusiveMaximum)];
  return [what, ...(least ? [`from ${least}`] : []), ...(most ? [`to ${most}`] : [])].join(" ");
}

const code = (value: unknown): string => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
const isEmpty = (value: unknown): boolean => isMap(value) && Object.keys(value).length === 0;
const shownDefault = ({ default: value }: Json): string => (value === undefined || isEmpty(value) ? "" : code(value));
const defaultWords = (schema: Json): string => (shownDefault(schema) ? ` Default: ${shownDefault(schema)}.` : "");

/** As a cell of a table; angle brackets outside of code would be taken for HTML. */
function text({ description = "" }: Json): string {
  const parts = String(description).split("`");
  return parts.map((part, i) => (i % 2 === 0 ? part.replace(/</g, "\\<") : part).replace(/\|/g, "\\|")).join("`");
}
