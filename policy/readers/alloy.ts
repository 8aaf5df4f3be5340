// Alloy's configuration text, read into blocks. Only structure is understood: values stay the text that was written.
import { memo } from "./memo";

export interface Block {
  /** `loki.write` of `loki.write "default" { ... }`. */
  readonly name: string;
  readonly label: string;
  /** Values as written; strings without their quotes. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly blocks: readonly Block[];
}

export interface AlloyText {
  readonly blocks: readonly Block[];
  readonly problem?: string;
}

interface OpenBlock extends Block {
  readonly attributes: Map<string, string>;
  readonly blocks: Block[];
}

const token = /\s*(?:\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|("(?:[^"\\\n]|\\.)*"|`[^`]*`)|([\w.]+)|([{}[\](),=]|\|\||&&|[-+*/%!<>?:.;]+))/y;

export const readAlloy = memo((source: string): AlloyText => {
  const root: OpenBlock = { name: "", label: "", attributes: new Map(), blocks: [] };
  const open = [root];
  const words: string[] = [];
  let position = 0;
  const tokens: string[] = [];
  while (position < source.length) {
    token.lastIndex = position;
    const match = token.exec(source);
    if (!match) {
      if (source.slice(position).trim() === "") break;
      return { blocks: root.blocks, problem: `can't be read at "${source.slice(position, position + 20).trim()}"` };
    }
    position = token.lastIndex;
    const found = match[1] ?? match[2] ?? match[3];
    if (found !== undefined) tokens.push(found);
  }
  for (let i = 0; i < tokens.length; i++) {
    const current = tokens[i] ?? "";
    if (current === "=") {
      const [written, next] = expression(tokens, i + 1);
      open.at(-1)?.attributes.set(words.at(-1) ?? "", written);
      words.length = 0;
      i = next - 1;
    } else if (current === "{") {
      const block: OpenBlock = { name: words[0] ?? "", label: unquote(words[1] ?? ""), attributes: new Map(), blocks: [] };
      open.at(-1)?.blocks.push(block);
      open.push(block);
      words.length = 0;
    } else if (current === "}") {
      open.pop();
      words.length = 0;
      if (open.length === 0) return { blocks: root.blocks, problem: "closes a block that it did not open" };
    } else words.push(current);
  }
  return open.length > 1 ? { blocks: root.blocks, problem: `does not close the block ${open.at(-1)?.name}` } : { blocks: root.blocks };
});

/** An attribute's value: up to the next word that starts an attribute or block, brackets balanced. */
function expression(tokens: readonly string[], from: number): [string, number] {
  const written: string[] = [];
  let depth = 0;
  let i = from;
  for (; i < tokens.length; i++) {
    const current = tokens[i] ?? "";
    if (depth === 0 && written.length > 0 && startsNext(tokens, i)) break;
    if (depth === 0 && current === "}") break;
    if ("{[(".includes(current)) depth++;
    if ("}])".includes(current)) depth--;
    written.push(current);
  }
  return [written.length === 1 ? unquote(written[0] ?? "") : written.join(" "), i];
}

const isWord = (value: string | undefined): boolean => value !== undefined && /^[\w.]+$/.test(value);
const isString = (value: string | undefined): boolean => value !== undefined && /^["`]/.test(value);

function startsNext(tokens: readonly string[], i: number): boolean {
  if (!isWord(tokens[i])) return false;
  return tokens[i + 1] === "=" || tokens[i + 1] === "{" || (isString(tokens[i + 1]) && tokens[i + 2] === "{");
}

const unquote = (written: string): string =>
  isString(written) ? written.slice(1, -1).replace(/\\"/g, '"').replace(/\\\\/g, "\\") : written;

/** Every block with the names that lead to it: `loki.write.endpoint`. */
export function* walkBlocks(
  blocks: readonly Block[],
  path: readonly string[] = [],
): Generator<{ readonly path: string; readonly block: Block }> {
  for (const block of blocks) {
    const here = [...path, block.label ? `${block.name} "${block.label}"` : block.name];
    yield { path: here.join(" > "), block };
    yield* walkBlocks(block.blocks, here);
  }
}
