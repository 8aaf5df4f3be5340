// What follows from other settings as long as nobody says otherwise.
import type { Duration, Size } from "../config/units";
import type { LogsConfig } from "./sizes";

const shorter = (a: Duration, b: Duration): Duration => (a.seconds <= b.seconds ? a : b);
const times = ({ bytes }: Size, factor: number): Size => ({ bytes: bytes * factor });

export interface Limits {
  readonly ingestionRate: Size;
  readonly ingestionBurst: Size;
  readonly streamRate: Size;
  readonly streamBurst: Size;
  readonly rejectOlderThan: Duration;
}

/** A burst is two seconds' worth of lines; one stream gets a part of the whole; nothing is taken in that is due already. */
export function limitsOf({ limits, retention }: Pick<LogsConfig, "limits" | "retention">): Limits {
  const { ingestionRate } = limits;
  const streamRate = limits.streamRate ?? { bytes: Math.min(5 * 2 ** 20, ingestionRate.bytes) };
  return {
    ingestionRate,
    ingestionBurst: limits.ingestionBurst ?? times(ingestionRate, 2),
    streamRate,
    streamBurst: limits.streamBurst ?? times(streamRate, 4),
    rejectOlderThan: limits.rejectOlderThan ?? shorter({ seconds: 7 * 86400 }, retention),
  };
}

/** Silent streams wait as long as any. */
export const idleOf = ({ chunks }: Pick<LogsConfig, "chunks">): Duration => chunks.idle ?? chunks.age;
