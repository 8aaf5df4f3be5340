/** Secrets that must look like something to be accepted: the end of their path to a text of that shape. */
const shaped: readonly (readonly [RegExp, string])[] = [
  [/(^|[.:])(json|serviceAccountKey)$/i, '{"placeholder":"of-a-secret"}'],
  [/(^|[.:])(port|number)$/i, "10001"],
];

/** Stands for an encrypted value: the same for the same path, different for different ones, and long enough to be found again. */
export function placeholder(path: string): string {
  const shape = shaped.find(([pattern]) => pattern.test(path));
  return shape?.[1] ?? `secret-at-${path.replace(/[^A-Za-z0-9]+/g, "-").replace(/-$/, "")}`;
}
