// Alloy reads regular expressions as RE2 does. What JavaScript understands and RE2 does not would stop Alloy from starting.

/** What is wrong with an expression; undefined when RE2 takes it, as far as can be told without RE2. */
export function re2Problem(text: string): string | undefined {
  const bare = text.replace(/\\[^1-9]/g, "").replace(/\[(?:\^?\])?[^\]]*\]/g, "");
  if (/\(\?<?[=!]/.test(bare)) return "RE2 has no lookahead and no lookbehind";
  if (/\\[1-9]/.test(bare)) return "RE2 has no backreferences";
  if (/\(\?>|[*+?}]\+/.test(bare)) return "RE2 has no possessive quantifiers and no atomic groups";
  try {
    new RegExp(inJavaScript(text));
    return undefined;
  } catch (error) {
    return `it is no regular expression (${error instanceof Error ? error.message.replace(/^.*: /, "") : "unreadable"})`;
  }
}

/** The same expression without what only RE2 writes: flags, named groups, anchors and classes in its own notation. */
function inJavaScript(text: string): string {
  return text
    .replace(/\(\?[imsU-]+\)/g, "")
    .replace(/\(\?[imsU-]+:/g, "(?:")
    .replace(/\(\?P</g, "(?<")
    .replace(/\[:\^?[a-z]+:\]/g, "a");
}
