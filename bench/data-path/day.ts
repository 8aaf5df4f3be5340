// A day of a small cluster's logs: a few programs that never stop talking, more that say something now and then, and many that speak in bursts.

export interface Source {
  readonly labels: Readonly<Record<string, string>>;
  /** Lines in the part of the day that begins at `from`, a fraction of 1, and lasts `length`. */
  lines(from: number, length: number): number;
}

const averageLine = 190;

/** `megabytes` in all: 70 in a hundred from the busy, 25 from the steady, 5 from those that come and go. */
export function sources(megabytes: number): Source[] {
  const total = (megabytes * 2 ** 20) / averageLine;
  const constant = (app: string, perDay: number): Source => ({ labels: labels(app), lines: (_, length) => Math.round(perDay * length) });
  return [
    ...range(8).map((i) => constant(`busy-${i}`, (total * 0.7) / 8)),
    ...range(12).map((i) => constant(`steady-${i}`, (total * 0.25) / 12)),
    ...range(20).map((i) => bursts(`bursty-${i}`, (total * 0.05) / 20, i)),
  ];
}

/** Thirty-two bursts a day, each of a twentieth of the time between two: three quarters of an hour of silence follow. */
function bursts(app: string, perDay: number, i: number): Source {
  const perBurst = perDay / 32;
  const started = (at: number) => Math.floor((at + i / 640) * 32);
  return { labels: labels(app), lines: (from, length) => Math.round(perBurst * (started(from + length) - started(from))) };
}

const labels = (app: string) => ({ app, namespace: app.replace(/-\d+$/, "") });
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

const messages = [
  "request served",
  "cache miss",
  "retrying upstream",
  "user signed in",
  "job finished",
  "connection reset by peer",
  "slow query",
];

/** Half of a line repeats, half of it does not, as in real logs. The same number gives the same line. */
export function line(app: string, n: number): string {
  const random = mix(n + app.length * 7919);
  const id = (random * 2654435761).toString(16).replace(".", "").slice(0, 16).padEnd(16, "0");
  const level = random % 31 === 0 ? "error" : random % 7 === 0 ? "warn" : "info";
  const message = messages[random % messages.length];
  return `{"level":"${level}","app":"${app}","msg":"${message}","trace":"${id}","path":"/api/v1/items/${random % 9973}","status":${200 + (random % 5) * 100},"took_ms":${random % 1700},"user":"u${mix(random) % 50_000}"}`;
}

function mix(n: number): number {
  let x = (n ^ 0x9e3779b9) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b) >>> 0;
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35) >>> 0;
  return (x ^ (x >>> 16)) >>> 0;
}
