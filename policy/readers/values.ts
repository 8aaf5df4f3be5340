// Reading untyped resource properties without trusting their shape. A value that is unknown in a preview stops the reading with
// `NotYetKnown`, which whoever runs a check turns into a note: it is neither passed nor failed.

/** What the Pulumi protocol puts in the place of a value that is known only after creation: one marker for each kind of value. */
const unknownMarkers: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export class NotYetKnown extends Error {
  constructor(readonly path: string) {
    super(`${path} is known only after creation`);
  }
}

export const isUnknown = (value: unknown): boolean => typeof value === "string" && unknownMarkers.has(value);

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

/** A value that may be looked at; stops where it is unknown. */
function known(value: unknown): unknown {
  if (isUnknown(value)) throw new NotYetKnown("a part of it");
  return value;
}

/** The fields of an object; none for anything else. */
export const fields = (value: unknown): Fields => (isFields(known(value)) ? (value as Fields) : {});

export const list = (value: unknown): readonly unknown[] => (Array.isArray(known(value)) ? (value as unknown[]) : []);

/** IAM and Kubernetes both take one value where a list of one is meant. */
export const oneOrMany = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

export const text = (value: unknown): string | undefined => (typeof known(value) === "string" ? (value as string) : undefined);

export const number = (value: unknown): number | undefined => (typeof known(value) === "number" ? (value as number) : undefined);

/** The value at a dotted path. */
export function at(value: unknown, path: string): unknown {
  if (isUnknown(value)) throw new NotYetKnown(path);
  let current = value;
  let reached = "";
  for (const step of path.split(".")) {
    if (typeof current !== "object" || current === null) return undefined;
    current = (current as Fields)[step];
    reached = reached ? `${reached}.${step}` : step;
    if (isUnknown(current)) throw new NotYetKnown(reached);
  }
  return current;
}

/** The same, for joins: what is not known yet is as good as absent. The rules on the resource itself report it. */
export const peek = (value: unknown, path: string): unknown => knownOf([value], (item) => [at(item, path)])[0];

/** What `read` finds in each item, for joins; items that are not known yet are passed over. */
export function knownOf<T, R>(items: readonly T[], read: (item: T) => Iterable<R>): R[] {
  return items.flatMap((item) => {
    try {
      return [...read(item)];
    } catch (error) {
      if (error instanceof NotYetKnown) return [];
      throw error;
    }
  });
}

export interface Leaf {
  readonly path: string;
  /** The last name on the path; a list's items carry the list's name. */
  readonly key: string;
  readonly value: unknown;
}

/** Every value that is no object or list, in order; stops at the end with `NotYetKnown` when some were unknown. */
export function* leaves(root: unknown, from = ""): Generator<Leaf> {
  const unknown: string[] = [];
  yield* walk(root, from, from.split(".").at(-1) ?? "", unknown);
  if (unknown.length > 0) throw new NotYetKnown(unknown.join(", "));
}

function* walk(value: unknown, path: string, key: string, unknown: string[]): Generator<Leaf> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* walk(item, `${path}[${i}]`, key, unknown);
  } else if (isFields(value)) {
    for (const [name, item] of Object.entries(value)) yield* walk(item, path ? `${path}.${name}` : name, name, unknown);
  } else if (isUnknown(value)) unknown.push(path);
  else yield { path, key, value };
}

/** Every object under a value, itself included, with its path. */
export function* objects(value: unknown, path = ""): Generator<{ readonly path: string; readonly fields: Fields }> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* objects(item, `${path}[${i}]`);
  } else if (isFields(value)) {
    yield { path, fields: value };
    for (const [name, item] of Object.entries(value)) yield* objects(item, path ? `${path}.${name}` : name);
  }
}

/** Whether something stands there, be it known or not: what is computed from another resource is given. */
export function isGiven(value: unknown, path: string): boolean {
  try {
    const found = at(value, path);
    return found !== undefined && found !== null && found !== "";
  } catch (error) {
    if (error instanceof NotYetKnown) return true;
    throw error;
  }
}
