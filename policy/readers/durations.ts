// Durations as Loki, Tempo and Prometheus write them: 30d, 744h, 2h30m, 1w. Bare zero is zero.
const hours: Readonly<Record<string, number>> = { ms: 1 / 3_600_000, s: 1 / 3600, m: 1 / 60, h: 1, d: 24, w: 168, y: 8760 };

/** Hours; nothing when the value is no duration. */
export function durationHours(value: unknown): number | undefined {
  if (value === 0 || value === "0") return 0;
  if (typeof value !== "string" || !/^(\d+(\.\d+)?(ms|[smhdwy]))+$/.test(value)) return undefined;
  let total = 0;
  for (const [, amount, unit] of value.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwy])/g)) total += Number(amount) * (hours[unit ?? ""] ?? 0);
  return total;
}
