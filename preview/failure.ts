/** A preview that can't be made: bad arguments or configuration, a program that threw, a pack that crashed. Exit code 2. */
export class PreviewFailure extends Error {
  override readonly name = "PreviewFailure";
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
