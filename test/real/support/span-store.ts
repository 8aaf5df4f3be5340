// Stands where Tempo stands: takes spans by OTLP over gRPC, remembers whose they were, and can refuse them.
import { createServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

export interface SpanStore {
  readonly address: string;
  /** gRPC's number of what it answers: 0 takes, 14 is "not now", 3 "never". */
  status: number;
  /** Names of spans like `<span-12>`, by tenant, as often as they were taken. */
  readonly taken: Map<string, string[]>;
  stop(): Promise<void>;
}

export async function startSpanStore(): Promise<SpanStore> {
  const taken = new Map<string, string[]>();
  const server = createServer();
  const store = { status: 0, taken };
  const answer = (stream: ServerHttp2Stream, tenant: string, chunks: Buffer[]) => {
    const { status } = store;
    if (status === 0) {
      const names =
        messageOf(Buffer.concat(chunks))
          .toString("latin1")
          .match(/<span-\d+>/g) ?? [];
      taken.set(tenant, [...(taken.get(tenant) ?? []), ...names]);
    }
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": String(status) }));
    // An empty message, when there is one.
    stream.end(status === 0 ? Buffer.alloc(5) : undefined);
  };
  server.on("stream", (stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on("error", () => undefined);
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => answer(stream, String(headers["x-scope-orgid"] ?? ""), chunks));
  });
  const sessions = new Set<{ destroy(): void }>();
  server.on("session", (session) => sessions.add(session));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const stop = () =>
    new Promise<void>((done) => {
      for (const session of sessions) session.destroy();
      server.close(() => done());
    });
  return Object.assign(store, { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, stop });
}

/** gRPC's frame is a byte that says whether it is compressed, four of length, and the message. */
const messageOf = (frame: Buffer): Buffer => (frame[0] === 1 ? gunzipSync(frame.subarray(5)) : frame.subarray(5));
