// What follows from other settings as long as nobody says otherwise.
import type { GranaryConfig } from "../config/schema";
import type { Duration, Size } from "../config/units";
import type { LogsConfig } from "./sizes";

const shorter = (a: Duration, b: Duration): Duration => (a.seconds <= b.seconds ? a : b);
const smaller = (a: Size, b: Size): Size => (a.bytes <= b.bytes ? a : b);
const times = ({ bytes }: Size, factor: number): Size => ({ bytes: bytes * factor });

/** What a tenant may have of its own. */
export type TenantSettings = Pick<LogsConfig, "limits" | "retention">;
type OwnLogs = NonNullable<GranaryConfig["tenants"][number]["logs"]>;

/**
 * A tenant's own settings over the stack's. What it can't say itself gives way to what it says: a rate brings its burst, bounds each stream,
 * and a shorter retention bounds how old a line may be.
 */
export function settingsOf({ limits, retention }: TenantSettings, own: OwnLogs = {}): TenantSettings {
  const rate = own.ingestionRate ?? limits.ingestionRate;
  const keep = own.retention ?? retention;
  return {
    retention: keep,
    limits: {
      ...limits,
      ingestionRate: rate,
      ingestionBurst: own.ingestionBurst ?? (own.ingestionRate ? undefined : limits.ingestionBurst),
      streamRate: limits.streamRate && smaller(limits.streamRate, rate),
      maxStreams: own.maxStreams ?? limits.maxStreams,
      rejectOlderThan: limits.rejectOlderThan && shorter(limits.rejectOlderThan, keep),
    },
  };
}

/** The longest that any line of a tenant is kept: by its retention, or by a stream's own. */
export function keptAtMost(retention: Duration, { compactor }: Pick<LogsConfig, "compactor">): Duration {
  return { seconds: Math.max(retention.seconds, ...compactor.streams.map(({ keep }) => keep.seconds)) };
}

export interface Limits {
  readonly ingestionRate: Size;
  readonly ingestionBurst: Size;
  readonly streamRate: Size;
  readonly streamBurst: Size;
  readonly rejectOlderThan: Duration;
}

/** A burst is two seconds' worth of lines; one stream gets a part of the whole; nothing is taken in that is due already. */
export function limitsOf({ limits, retention }: TenantSettings): Limits {
  const { ingestionRate } = limits;
  const streamRate = limits.streamRate ?? smaller({ bytes: 5 * 2 ** 20 }, ingestionRate);
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
