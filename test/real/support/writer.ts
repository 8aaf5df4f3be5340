// Writes without pause until it is stopped, as a collector does: a batch that was not acknowledged is sent again.
import { type Line, now, push, type Stream, type Time, text } from "./lines";

export interface Written {
  readonly from: Time;
  readonly to: Time;
  /** By stream, in order: the lines that Loki has acknowledged. */
  readonly acknowledged: ReadonlyMap<Stream, readonly string[]>;
  readonly count: number;
  /** How often a batch was refused or not answered. */
  readonly refusals: readonly string[];
}

const batchSize = 100;

export class Writer {
  private readonly from = now();
  private readonly acknowledged = new Map<Stream, string[]>();
  private readonly refusals: string[] = [];
  private readonly latest = new Map<Stream, Time>();
  private readonly work: Promise<void>;
  private stopped = false;
  private sequence = 0;

  /** `retry` false: a refused batch is given up, so that what was acknowledged is known exactly. */
  constructor(
    private readonly endpoint: () => string,
    private readonly streams: readonly Stream[],
    private readonly options: { readonly retry: boolean; readonly pause?: number },
  ) {
    this.work = this.run();
  }

  get count(): number {
    return [...this.acknowledged.values()].reduce((sum, lines) => sum + lines.length, 0);
  }

  get refused(): number {
    return this.refusals.length;
  }

  async reach(count: number): Promise<void> {
    while (this.count < count && !this.stopped) await pause(20);
  }

  async stop(): Promise<Written> {
    this.stopped = true;
    await this.work;
    return { from: this.from, to: now() + 1_000_000_000n, acknowledged: this.acknowledged, count: this.count, refusals: this.refusals };
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      for (const stream of this.streams) if (!this.stopped) await this.send(stream, this.batch(stream));
      if (this.options.pause) await pause(this.options.pause);
    }
  }

  private batch(stream: Stream): Line[] {
    const [clock, last] = [now(), this.latest.get(stream) ?? 0n];
    const start = clock > last ? clock : last + 1n;
    this.latest.set(stream, start + BigInt(batchSize - 1));
    return Array.from({ length: batchSize }, (_, i) => ({ time: start + BigInt(i), text: text(stream, this.sequence++) }));
  }

  private async send(stream: Stream, lines: readonly Line[]): Promise<void> {
    while (true) {
      try {
        await push(this.endpoint(), stream, lines);
        this.acknowledged.set(stream, [...(this.acknowledged.get(stream) ?? []), ...lines.map((line) => line.text)]);
        return;
      } catch (error) {
        this.refusals.push((error as Error).message);
        if (!this.options.retry || this.stopped) return;
        await pause(200);
      }
    }
  }
}

export const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
