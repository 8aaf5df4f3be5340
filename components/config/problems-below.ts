// How a room's checks say what is wrong, with paths below the room's own key.
import type { Problem } from "./problems";

export interface ProblemsBelow {
  at(path: string, message: string): Problem;
  /** The message is only made where something is wrong. */
  when(wrong: boolean, path: string, message: () => string): Problem[];
}

export function problemsBelow(root: string): ProblemsBelow {
  const at = (path: string, message: string): Problem => ({ path: `${root}${path}`, message });
  return { at, when: (wrong, path, message) => (wrong ? [at(path, message())] : []) };
}
