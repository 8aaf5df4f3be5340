// Property values as they travel between engine, program and packs: JSON with a few marked shapes. The host keeps them in this form.
export type Value = null | boolean | number | string | Value[] | Properties;
export interface Properties {
  [key: string]: Value;
}

/** The key that marks an object as something other than an object, and the marks that matter here. */
export const signature = "4dabf18193072939515e22adb298388d";
export const marks = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
} as const;
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const unknowns = new Set([
  unknown,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

export function isObject(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function markOf(value: Value | undefined): Value | undefined {
  return isObject(value) ? value[signature] : undefined;
}

export function isUnknown(value: Value | undefined): boolean {
  return typeof value === "string" && unknowns.has(value);
}

export function secret(value: Value): Value {
  return markOf(value) === marks.secret ? value : { [signature]: marks.secret, value };
}

/** The value inside secret and output marks: what the program computed. */
export function plain(value: Value | undefined): Value | undefined {
  if (!isObject(value)) return value;
  if (value[signature] === marks.secret) return plain(value.value);
  if (value[signature] === marks.output) return "value" in value ? plain(value.value) : unknown;
  return value;
}

/** A string that is known, also inside marks; else undefined. */
export function knownString(value: Value | undefined): string | undefined {
  const inner = plain(value);
  return typeof inner === "string" && !isUnknown(inner) ? inner : undefined;
}

/** Visits every value inside, marks included; the visitor says whether to look into it. */
export function visit(value: Value | undefined, visitor: (value: Value) => boolean): void {
  if (value === undefined || !visitor(value)) return;
  if (Array.isArray(value)) for (const element of value) visit(element, visitor);
  else if (isObject(value)) for (const key of Object.keys(value)) visit(value[key], visitor);
}

/** Whether a mark is somewhere inside. */
export function holds(value: Value | undefined, mark: string): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some((element) => holds(element, mark));
  if (value[signature] === mark) return true;
  for (const key in value) if (holds(value[key], mark)) return true;
  return false;
}
