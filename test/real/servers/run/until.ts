/** Asks until the answer is yes; an error counts as not yet, and the last one is part of the message. */
export async function until(what: string, ask: () => Promise<boolean>, seconds = 60): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  let last = "";
  while (Date.now() < deadline) {
    const yes = await ask().catch((error: Error) => {
      last = `: ${error.message}`;
      return false;
    });
    if (yes) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${what} not within ${seconds} seconds${last}`);
}
