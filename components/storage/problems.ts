// What the schema cannot see in a stack's storage and secrets: settings that contradict each other or the rest of the stack.
import type { Problem } from "../config/problems";
import type { GranaryConfig } from "../config/schema";

export function storageProblems(_config: GranaryConfig): Problem[] {
  return [];
}
