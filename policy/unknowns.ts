// What could not be judged before creation: noted while the rules run, told at the end of a stack; others may still be running.
import { stackOf } from "./resource";

export class Unknowns {
  private readonly notes = new Map<string, Map<string, Set<string>>>();

  note(rule: string, urn: string, path: string): void {
    const paths = this.notes.get(urn) ?? new Map<string, Set<string>>();
    this.notes.set(urn, paths.set(path, (paths.get(path) ?? new Set()).add(rule)));
  }

  /** One sentence for each resource and value of the stack, of which nothing is remembered afterwards. */
  tell(stack: string): { readonly urn: string; readonly message: string }[] {
    const own = [...this.notes].filter(([urn]) => stackOf(urn) === stack);
    const told = own.flatMap(([urn, paths]) =>
      [...paths].map(([path, rules]) => ({
        urn,
        message: `${path} is known only after creation: ${[...rules].sort().join(", ")} will judge it in the update`,
      })),
    );
    for (const [urn] of own) this.notes.delete(urn);
    return told;
  }
}
