// Work that goes on beside a test, in turns.

export interface Turns {
  stop(): Promise<void>;
}

/** A cluster that stops first ends the work with an error, which stop() reports. */
export function takeTurns(turn: () => Promise<void>, pauseMilliseconds: number): Turns {
  let running = true;
  const work = async () => {
    while (running) {
      await turn();
      await new Promise((done) => setTimeout(done, pauseMilliseconds));
    }
  };
  const ended = work();
  ended.catch(() => undefined);
  return {
    stop: () => {
      running = false;
      return ended;
    },
  };
}
