// The way out: what the user adds is laid over what Granary made.
type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree =>
  typeof value === "object" &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);

/** Maps are merged key by key; anything else, lists included, is replaced by what lies on top. */
export function mergeOver(base: Tree, top: Tree): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(top)) {
    const below = merged[key];
    merged[key] = isTree(below) && isTree(value) ? mergeOver(below, value) : value;
  }
  return merged;
}
