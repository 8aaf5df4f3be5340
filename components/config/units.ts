// Durations and sizes, parsed once where configuration is read and carried as types from there on.

export interface Duration {
  readonly seconds: number;
}

export interface Size {
  readonly bytes: number;
}

const secondsPer: Readonly<Record<string, number>> = { w: 604800, d: 86400, h: 3600, m: 60, s: 1 };
const bytesPer: Readonly<Record<string, number>> = {
  "": 1,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
};

export const durationPattern = /^(?:[0-9]+(?:w|d|h|m|s))+$/;
export const sizePattern = /^[0-9]+(?:\.[0-9]+)?(?:(?:K|M|G|T|P)(?:i|B)|)$/;

/** `30d`, `720h`, `1h30m`; undefined for anything else. */
export function parseDuration(text: string): Duration | undefined {
  if (!durationPattern.test(text)) return undefined;
  const parts = text.matchAll(/([0-9]+)([wdhms])/g);
  return { seconds: [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * (secondsPer[unit ?? "s"] ?? 0), 0) };
}

/** `10Gi`, `100GB`, `512Mi`; undefined for anything else. */
export function parseSize(text: string): Size | undefined {
  if (!sizePattern.test(text)) return undefined;
  const [, count, unit] = /^([0-9.]+)([A-Za-z]*)$/.exec(text) ?? [];
  return { bytes: Math.round(Number(count) * (bytesPer[unit ?? ""] ?? Number.NaN)) };
}

export const days = (count: number): Duration => ({ seconds: count * 86400 });
export const hours = (count: number): Duration => ({ seconds: count * 3600 });
export const minutes = (count: number): Duration => ({ seconds: count * 60 });

/** Go's notation, in the largest unit of h, m, s that is exact: `720h`, `90m`, `45s`. Loki, Tempo and Kubernetes all read it. */
export function goDuration({ seconds }: Duration): string {
  if (seconds !== 0 && seconds % 3600 === 0) return `${seconds / 3600}h`;
  if (seconds !== 0 && seconds % 60 === 0) return `${seconds / 60}m`;
  return `${seconds}s`;
}

/** Whole days, rounded up: what lifecycle rules count in. */
export const wholeDays = ({ seconds }: Duration): number => Math.ceil(seconds / 86400);

/** Kubernetes' notation, in the largest binary unit that is exact: `10Gi`, `512Mi`, `1000`. */
export function kubernetesQuantity({ bytes }: Size): string {
  for (const unit of ["Pi", "Ti", "Gi", "Mi", "Ki"]) {
    const per = bytesPer[unit] ?? 1;
    if (bytes !== 0 && bytes % per === 0) return `${bytes / per}${unit}`;
  }
  return `${bytes}`;
}
