// Hands the same lines to every Loki that is measured.
import { line, type Source, sources } from "./day";

export const day = 86_400_000;
export const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

type Streams = readonly { stream: Source["labels"]; values: [string, string][] }[];

export async function send(endpoints: readonly string[], streams: Streams): Promise<void> {
  const body = JSON.stringify({ streams });
  const headers = { "Content-Type": "application/json" };
  for (const endpoint of endpoints) {
    const answer = await fetch(`${endpoint}/loki/api/v1/push`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  }
}

/** A day from `from` on within `wall` milliseconds; returns the bytes handed in. */
export async function pushDay(endpoints: readonly string[], megabytes: number, wall: number, from: number): Promise<number> {
  const all = sources(megabytes);
  const counters = new Map<Source, number>();
  const step = 500 / wall;
  const began = Date.now();
  let bytes = 0;
  for (let at = 0; at < 1; at += step) {
    const streams = all.flatMap((source) => {
      const count = source.lines(at, step);
      if (count === 0) return [];
      const first = counters.get(source) ?? 0;
      counters.set(source, first + count);
      const values = Array.from({ length: count }, (_, i): [string, string] => {
        const time = from + (at + (step * i) / count) * day;
        const text = line(source.labels.app ?? "", first + i);
        bytes += text.length;
        return [`${Math.floor(time)}${String(i % 1_000_000).padStart(6, "0")}`, text];
      });
      return [{ stream: source.labels, values }];
    });
    await send(endpoints, streams);
    const ahead = (at + step) * wall - (Date.now() - began);
    if (ahead > 0) await pause(ahead);
  }
  return bytes;
}
