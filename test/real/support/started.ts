// What a test has started, stopped in the reverse order.

export interface Started {
  /** Returns what was started, and stops it with all else. */
  keep<Running extends { stop(): unknown }>(starting: Running | Promise<Running>): Promise<Running>;
  /** Something that has another way to end. */
  endWith(end: () => unknown): void;
  stop(): Promise<void>;
}

export function startedSoFar(): Started {
  const ends: (() => unknown)[] = [];
  return {
    keep: async (starting) => {
      const running = await starting;
      ends.push(() => running.stop());
      return running;
    },
    endWith: (end) => void ends.push(end),
    stop: async () => {
      for (const end of ends.reverse()) await end();
    },
  };
}
