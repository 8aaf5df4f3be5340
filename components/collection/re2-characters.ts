// RE2's escapes and classes of characters. A letter or digit behind a backslash means something or is refused; it is never just itself.

/** Where what was read ends, or what is wrong with it. */
export type Found = { readonly end: number } | Problem;
type Problem = { readonly problem: string };

const code = String.raw`[afnrtv]|[0][0-7]{0,2}|[1-7][0-7]{1,2}|x[0-9A-Fa-f]{2}|x\{[0-9A-Fa-f]+\}`;
/** One character: a code, or any of ASCII that is neither letter nor digit. */
const oneCharacter = new RegExp(String.raw`^\\(?:${code}|[\0-/:-@[-\x60{-\x7f])`);
const perlClass = /^\\[dDsSwW]/;
const unicodeClass = /^\\[pP](?:\{\^?([^}]*)\}|([A-Za-z]))/;
const positions = /^\\[AbBz]/;
const posixClass = /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/;

const unknown = (text: string, at: number): Problem => {
  const sign = text.slice(at, at + 2);
  if (sign === "\\") return { problem: "it ends with a backslash" };
  if (/^\\[1-9]$/.test(sign)) return { problem: "RE2 has no backreferences" };
  return { problem: `RE2 does not know ${sign}` };
};

/** What begins with a backslash, outside a class. */
export function escaped(text: string, at: number): Found {
  const rest = text.slice(at);
  if (rest.startsWith("\\Q")) {
    const end = rest.indexOf("\\E");
    return { end: end < 0 ? text.length : at + end + 2 };
  }
  const simple = positions.exec(rest) ?? perlClass.exec(rest);
  if (simple) return { end: at + simple[0].length };
  return unicode(text, at) ?? single(text, at) ?? unknown(text, at);
}

function unicode(text: string, at: number): Found | undefined {
  const found = unicodeClass.exec(text.slice(at));
  if (!found) return undefined;
  const name = found[1] ?? found[2] ?? "";
  return isUnicodeClass(name) ? { end: at + found[0].length } : { problem: `RE2 knows no class of characters called ${name}` };
}

function isUnicodeClass(name: string): boolean {
  if (name === "Any") return true;
  return ["General_Category", "Script"].some((property) => {
    try {
      return new RegExp(`\\p{${property}=${name}}`, "u") instanceof RegExp;
    } catch {
      return false;
    }
  });
}

function single(text: string, at: number): { readonly end: number; readonly point: number } | undefined {
  const sign = oneCharacter.exec(text.slice(at))?.[0];
  if (sign === undefined) return undefined;
  const point = pointOf(sign.slice(1));
  return point <= 0x10ffff ? { end: at + sign.length, point } : undefined;
}

const letters: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

function pointOf(sign: string): number {
  const hexadecimal = /^x\{?([0-9A-Fa-f]+)/.exec(sign)?.[1];
  if (hexadecimal !== undefined) return Number.parseInt(hexadecimal, 16);
  if (/^[0-7]/.test(sign)) return Number.parseInt(sign, 8);
  return letters[sign] ?? sign.codePointAt(0) ?? 0;
}

/** `[...]`: characters, ranges and classes; a bracket that closes at once is a character. */
export function characterClass(text: string, start: number): Found {
  let at = start + (text[start + 1] === "^" ? 2 : 1);
  const first = at;
  while (at === first || text[at] !== "]") {
    if (at >= text.length) return { problem: "a bracket is not closed" };
    const rest = text.slice(at);
    const whole = posixClass.exec(rest) ?? perlClass.exec(rest);
    if (whole) {
      at += whole[0].length;
      continue;
    }
    if (/^\[:.*?:\]/s.test(rest)) return { problem: "a class in brackets has a name that RE2 does not know" };
    const named = unicode(text, at);
    const range = named ?? characters(text, at);
    if ("problem" in range) return range;
    at = range.end;
  }
  return { end: at + 1 };
}

/** One character of a class, or a range of them. */
function characters(text: string, at: number): Found {
  const from = one(text, at);
  if ("problem" in from) return from;
  if (text[from.end] !== "-" || from.end + 1 >= text.length || text[from.end + 1] === "]") return from;
  const to = one(text, from.end + 1);
  if ("problem" in to) return to;
  return to.point < from.point ? { problem: "a range in brackets runs backwards" } : to;
}

function one(text: string, at: number): { readonly end: number; readonly point: number } | Problem {
  if (text[at] === "\\") return single(text, at) ?? unknown(text, at);
  const point = text.codePointAt(at) ?? 0;
  return { end: at + String.fromCodePoint(point).length, point };
}
