// Lines that can be counted one by one: written, acknowledged, read back.

export interface Stream {
  readonly tenant: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** Nanoseconds since 1970; no two lines of a stream share one, so that reading page by page misses none. */
export type Time = bigint;

export interface Line {
  readonly time: Time;
  readonly text: string;
}

const header = (tenant: string | undefined): Record<string, string> => (tenant ? { "X-Scope-OrgID": tenant } : {});

export const selector = ({ labels }: Stream): string =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(",")}}`;

/** Resolves when Loki has acknowledged the lines, and rejects with its answer when it has not. */
export async function push(endpoint: string, stream: Stream, lines: readonly Line[]): Promise<void> {
  const values = lines.map(({ time, text }) => [String(time), text]);
  const answer = await fetch(`${endpoint}/loki/api/v1/push`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...header(stream.tenant) },
    body: JSON.stringify({ streams: [{ stream: stream.labels, values }] }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text.trim()}`);
}

const pageSize = 5000;

/** All of a stream's lines in [from, to), oldest first. */
export async function read(endpoint: string, stream: Stream, from: Time, to: Time): Promise<string[]> {
  const found: string[] = [];
  for (let start = from; ; ) {
    const page = await readPage(endpoint, stream, start, to);
    found.push(...page.map(({ text }) => text));
    const last = page.at(-1);
    if (!last || page.length < pageSize) return found;
    start = last.time + 1n;
  }
}

async function readPage(endpoint: string, stream: Stream, from: Time, to: Time): Promise<Line[]> {
  const query = { query: selector(stream), start: String(from), end: String(to), limit: String(pageSize), direction: "forward" };
  const answer = await fetch(`${endpoint}/loki/api/v1/query_range?${new URLSearchParams(query)}`, { headers: header(stream.tenant) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text.trim()}`);
  const { data } = JSON.parse(text) as { data: { result: { values: [string, string][] }[] } };
  const lines = data.result.flatMap(({ values }) => values.map(([time, line]) => ({ time: BigInt(time), text: line })));
  return lines.sort((a, b) => (a.time < b.time ? -1 : 1));
}

export const now = (): Time => BigInt(Date.now()) * 1_000_000n;
export const seconds = (count: number): Time => BigInt(Math.round(count * 1000)) * 1_000_000n;

/** Text like a program's: some of it repeats, some does not. */
export function text(stream: Stream, i: number): string {
  const level = i % 17 === 0 ? "error" : "info";
  const id = ((i * 2654435761) >>> 0).toString(16).padStart(8, "0");
  return `level=${level} stream=${Object.values(stream.labels).join("/")} n=${i} request=${id} path=/api/v1/items/${i % 97} took=${(i * 7919) % 1000}ms`;
}
