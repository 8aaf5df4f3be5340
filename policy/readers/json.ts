// JSON as a strict reader takes it. Parsers keep the last of two equal keys; the store may keep the first, so such a text says two things.

export interface Json {
  readonly value?: unknown;
  readonly problem?: string;
}

export function readJson(source: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    return { problem: `is not JSON: ${(error as Error).message}` };
  }
  const twice = duplicateKey(source);
  return twice === undefined
    ? { value }
    : { value, problem: `has the key "${twice}" twice in one object, and readers differ in which one counts` };
}

/** The first key that one object holds twice. The text is known to be valid JSON. Keys are compared as decoded and without regard to case. */
function duplicateKey(source: string): string | undefined {
  const open: Set<string>[] = [];
  const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g;
  for (let match = token.exec(source); match; match = token.exec(source)) {
    const [found, colon] = match;
    if (found === "{") open.push(new Set());
    else if (found === "}") open.pop();
    else if (colon) {
      const key = String(JSON.parse(found.slice(0, -colon.length)));
      const seen = open.at(-1);
      if (seen?.has(key.toLowerCase())) return key;
      seen?.add(key.toLowerCase());
    }
  }
  return undefined;
}
