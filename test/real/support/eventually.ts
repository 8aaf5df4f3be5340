/** Asks again until the answer holds, for what a server does in its own time. The last answer is returned either way, for the test to judge. */
export async function eventually<T>(ask: () => Promise<T>, holds: (answer: T) => boolean, withinSeconds = 30): Promise<T> {
  const deadline = Date.now() + withinSeconds * 1000;
  for (;;) {
    const answer = await ask();
    if (holds(answer) || Date.now() > deadline) return answer;
    await new Promise((done) => setTimeout(done, 200));
  }
}
