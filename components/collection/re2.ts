// Alloy reads regular expressions as RE2 does. What JavaScript understands and RE2 does not would stop Alloy from starting, so they are read
// here by RE2's grammar, as Go's `regexp/syntax` has it.
import { characterClass, escaped, type Found } from "./re2-characters";

/** How often a part may be repeated, repetitions inside repetitions multiplied. */
const mostRepetitions = 1000;

/** What is wrong with an expression; undefined when RE2 takes it. */
export function re2Problem(text: string): string | undefined {
  const found = alternatives(text, 0, 0);
  if ("problem" in found) return found.problem;
  return found.end < text.length ? "a parenthesis is closed that was not opened" : undefined;
}

/** Where a part ends, and how often its innermost part may come. */
type Part = { readonly end: number; readonly repeated: number } | { readonly problem: string };

/** Up to the end of the text or of the group. */
function alternatives(text: string, start: number, depth: number): Part {
  if (depth > 200) return { problem: "its groups are nested too deep" };
  let at = start;
  let most = 1;
  /** What a repetition would repeat; a repetition itself can't be, at least not directly. */
  let before: { readonly repeated: number; readonly itself?: true } | undefined;
  while (at < text.length && text[at] !== ")") {
    if (text[at] === "|") {
      before = undefined;
      at += 1;
      continue;
    }
    const flags = /^\(\?(?:[imsU]+|[imsU]*-[imsU]+|)\)/.exec(text.slice(at));
    if (flags) {
      at += flags[0].length;
      if (before) before = { repeated: before.repeated };
      continue;
    }
    const times = repetition(text, at);
    if (times) {
      if (!before) return { problem: "there is nothing to repeat" };
      if (before.itself) return { problem: "RE2 repeats no repetition: it has no possessive quantifiers" };
      const repeated: number = before.repeated * Math.max(times.most, 1);
      if (times.wrong || (times.counted && repeated > mostRepetitions)) {
        return { problem: `RE2 repeats ${mostRepetitions} times at the most, and a range runs upwards` };
      }
      most = Math.max(most, repeated);
      before = { repeated, itself: true };
      at = times.end;
      continue;
    }
    const atom: Part = text[at] === "(" ? group(text, at, depth) : character(text, at);
    if ("problem" in atom) return atom;
    most = Math.max(most, atom.repeated);
    before = atom;
    at = atom.end;
  }
  return { end: at, repeated: most };
}

function character(text: string, at: number): Part {
  const found: Found = text[at] === "[" ? characterClass(text, at) : text[at] === "\\" ? escaped(text, at) : { end: at + 1 };
  return "problem" in found ? found : { end: found.end, repeated: 1 };
}

interface Repetition {
  readonly end: number;
  /** Written in numbers, which RE2 bounds. */
  readonly counted: boolean;
  readonly most: number;
  readonly wrong: boolean;
}

/** `*`, `+`, `?` or `{1,2}`, lazy or not. Braces that hold anything else are braces. */
function repetition(text: string, at: number): Repetition | undefined {
  const found = /^(?:[*+?]|\{(0|[1-9][0-9]*)(,(0|[1-9][0-9]*)?)?\})\??/.exec(text.slice(at));
  if (!found) return undefined;
  const [all, least, range, greatest] = found;
  if (least === undefined) return { end: at + all.length, counted: false, most: 1, wrong: false };
  const from = Number(least);
  const to = range === undefined ? from : greatest === undefined ? undefined : Number(greatest);
  const wrong = from > mostRepetitions || (to !== undefined && (to > mostRepetitions || to < from));
  return { end: at + all.length, counted: true, most: to ?? from, wrong };
}

function group(text: string, at: number, depth: number): Part {
  const rest = text.slice(at);
  if (/^\(\?<?[=!]/.test(rest)) return { problem: "RE2 has no lookahead and no lookbehind" };
  if (rest.startsWith("(?>")) return { problem: "RE2 has no possessive quantifiers and no atomic groups" };
  const head = /^\((?:\?P?<[A-Za-z0-9_]+>|\?(?:[imsU]*|[imsU]*-[imsU]+):|(?!\?))/.exec(rest);
  if (!head) return { problem: "RE2 knows no such group" };
  const inside = alternatives(text, at + head[0].length, depth + 1);
  if ("problem" in inside) return inside;
  if (text[inside.end] !== ")") return { problem: "a parenthesis is not closed" };
  return { end: inside.end + 1, repeated: inside.repeated };
}
