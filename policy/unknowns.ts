// What could not be judged before creation: noted while the rules run, told at the end.

export class Unknowns {
  private readonly notes = new Map<string, Map<string, Set<string>>>();

  note(rule: string, urn: string, path: string): void {
    const paths = this.notes.get(urn) ?? new Map<string, Set<string>>();
    this.notes.set(urn, paths.set(path, (paths.get(path) ?? new Set()).add(rule)));
  }

  /** One sentence for each resource and value, and nothing is remembered afterwards. */
  tell(): { readonly urn: string; readonly message: string }[] {
    const told = [...this.notes].flatMap(([urn, paths]) =>
      [...paths].map(([path, rules]) => ({
        urn,
        message: `${path} is known only after creation: ${[...rules].sort().join(", ")} will judge it in the update`,
      })),
    );
    this.notes.clear();
    return told;
  }
}
