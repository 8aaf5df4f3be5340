// Alloy's configuration language as types, and the one place that turns them into text. Text is never pasted into text: a string is always
// printed as a literal, a name is checked, and a reference must lead to a component of the same file. What renders, parses.

/** A path such as `loki.write.default.receiver`, made by `exportOf` or `reference`. */
export interface Reference {
  readonly kind: "reference";
  readonly path: readonly string[];
}

/** A call of a standard function: `sys.env("NAME")`. */
export interface Call {
  readonly kind: "call";
  readonly function: readonly string[];
  readonly arguments: readonly Expression[];
}

/** A map, such as one of HTTP headers. Alloy reads a key as it is written and knows no escapes there. */
export interface MapExpression {
  readonly kind: "map";
  readonly entries: Readonly<Record<string, Expression>>;
}

export type Expression = string | number | boolean | Reference | Call | MapExpression | readonly Expression[];

export interface Block {
  readonly name: readonly string[];
  readonly label?: string;
  readonly attributes: Readonly<Record<string, Expression | undefined>>;
  readonly blocks: readonly Block[];
}

type Attributes = Block["attributes"];

const identifierPattern = /^[A-Za-z_][A-Za-z0-9_]*$/;
// Words that the parser takes as values, so they can't name anything.
const reserved = new Set(["true", "false", "null"]);

function identifier(text: string): string {
  if (identifierPattern.test(text) && !reserved.has(text)) return text;
  throw new Error(`Alloy: ${JSON.stringify(text)} is no identifier: letters, digits and underscores, not starting with a digit`);
}

const dotted = (text: string): string[] => text.split(".").map(identifier);

/** A block inside another: `endpoint { ... }`, `stage.cri { }`. */
export const untypedBlock = (name: string, attributes: Attributes = {}, blocks: readonly Block[] = []): Block => ({
  name: dotted(name),
  attributes,
  blocks,
});

/** A component at the top of the file: `loki.write "default" { ... }`. */
export const untypedComponent = (name: string, label: string, attributes: Attributes = {}, blocks: readonly Block[] = []): Block => ({
  ...untypedBlock(name, attributes, blocks),
  label: identifier(label),
});

/** What a component hands to others: `exportOf(write, "receiver")`. */
export function exportOf(owner: Block, field: string): Reference {
  if (owner.label === undefined) throw new Error(`Alloy: ${owner.name.join(".")} has no label, so nothing can refer to it`);
  return { kind: "reference", path: [...owner.name, owner.label, ...dotted(field)] };
}

export const map = (entries: Readonly<Record<string, Expression>>): MapExpression => ({ kind: "map", entries });

export const call = (name: string, ...values: readonly Expression[]): Call => ({ kind: "call", function: dotted(name), arguments: values });

/** The value of an environment variable when Alloy starts; the way of keys into a configuration that names none. */
export const environment = (variable: string): Call => call("sys.env", variable);

/** The file's text. Throws when two components share a name or a reference leads nowhere. */
export function render(components: readonly Block[]): string {
  const ids = new Set<string>();
  for (const each of components) {
    const id = idOf(each);
    if (ids.has(id)) throw new Error(`Alloy: two components are called ${id}`);
    ids.add(id);
  }
  for (const each of components) checkReferences(each, ids);
  return `${components.map((each) => printBlock(each, "")).join("\n\n")}\n`;
}

const idOf = ({ name, label }: Block): string => [...name, ...(label === undefined ? [] : [label])].join(".");

function checkReferences(owner: Block, ids: ReadonlySet<string>): void {
  for (const { path } of referencesOf(owner)) {
    const leadsSomewhere = path.some((_, end) => ids.has(path.slice(0, end).join(".")));
    if (!leadsSomewhere) throw new Error(`Alloy: ${path.join(".")} refers to a component that is not in this file`);
  }
}

const referencesOf = ({ attributes, blocks }: Block): Reference[] => [
  ...Object.values(attributes).flatMap((value) => (value === undefined ? [] : referencesIn(value))),
  ...blocks.flatMap(referencesOf),
];

function referencesIn(value: Expression): Reference[] {
  if (typeof value !== "object") return [];
  if (isList(value)) return value.flatMap(referencesIn);
  if (value.kind === "map") return Object.values(value.entries).flatMap(referencesIn);
  return value.kind === "call" ? value.arguments.flatMap(referencesIn) : [value];
}

function printBlock({ name, label, attributes, blocks }: Block, indent: string): string {
  const head = `${indent}${name.map(identifier).join(".")}${label === undefined ? "" : ` "${identifier(label)}"`} {`;
  const inner = `${indent}\t`;
  const set = Object.entries(attributes).filter((entry): entry is [string, Expression] => entry[1] !== undefined);
  const width = Math.max(0, ...set.map(([key]) => key.length));
  const lines = set.map(([key, value]) => `${inner}${identifier(key).padEnd(width)} = ${print(value, inner)}`);
  const nested = blocks.map((each) => printBlock(each, inner));
  if (lines.length + nested.length === 0) return `${head} }`;
  return [head, ...lines, ...nested.flatMap((text, i) => (i + lines.length > 0 ? ["", text] : [text])), `${indent}}`].join("\n");
}

function print(value: Expression, indent: string): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return printNumber(value);
  if (isList(value)) return `[${value.map((item) => print(item, indent)).join(", ")}]`;
  if (value.kind === "reference") return value.path.map(identifier).join(".");
  if (value.kind === "call") {
    return `${value.function.map(identifier).join(".")}(${value.arguments.map((item) => print(item, indent)).join(", ")})`;
  }
  const entries = Object.entries(value.entries).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return "{}";
  const inner = `${indent}\t`;
  return `{\n${entries.map(([key, item]) => `${inner}${quoteKey(key)} = ${print(item, inner)},\n`).join("")}${indent}}`;
}

function quoteKey(key: string): string {
  if (key !== "" && quote(key) === `"${key}"`) return `"${key}"`;
  throw new Error(`Alloy: ${JSON.stringify(key)} is no key of a map: not empty, no quotes, backslashes or control characters`);
}

const isList = (value: Expression): value is readonly Expression[] => Array.isArray(value);

function printNumber(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`Alloy: ${value} is not a number that can be written down`);
  return Number.isSafeInteger(value) ? value.toFixed(0) : value.toString();
}

const shortEscapes: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A string literal. Control and invisible characters are escaped; half a surrogate pair, which UTF-8 can't hold, becomes U+FFFD. */
export function quote(text: string): string {
  const wellFormed = Buffer.from(text, "utf8").toString("utf8");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be escaped.
  const escaped = wellFormed.replace(/[\\"\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, (character) => {
    return shortEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}
