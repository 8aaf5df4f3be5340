// Several rules read the same long texts, and each gets its own copy of a resource: what a text means is worked out once.

const kept = 2000;

/** Remembers what `read` made of the texts it was given lately. */
export function memo<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= kept) known.clear();
    const made = read(text);
    known.set(text, made);
    return made;
  };
}
