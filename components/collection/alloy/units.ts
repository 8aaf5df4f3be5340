import type { Size } from "../../config/units";

/** Alloy's notation for sizes, in the largest binary unit that is exact: `1MiB`. */
export function binarySize({ bytes }: Size): string {
  for (const [unit, per] of [
    ["GiB", 2 ** 30],
    ["MiB", 2 ** 20],
    ["KiB", 2 ** 10],
  ] as const) {
    if (bytes !== 0 && bytes % per === 0) return `${bytes / per}${unit}`;
  }
  return `${bytes}B`;
}
