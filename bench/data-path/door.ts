// Stands between Loki and its store and counts what passes: what an object store sends a bill for.
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

export interface Requests {
  put: number;
  get: number;
  list: number;
  delete: number;
  head: number;
  putBytes: number;
}

export const noRequests = (): Requests => ({ put: 0, get: 0, list: 0, delete: 0, head: 0, putBytes: 0 });

export interface Door {
  /** With its scheme. */
  readonly endpoint: string;
  /** Chunks of log lines. */
  readonly chunks: Requests;
  /** Everything else: the index, delete requests, and looking what is there. */
  readonly rest: Requests;
  close(): void;
}

const isChunk = (path: string, bucket: string, tenant: string): boolean => path.startsWith(`/${bucket}/${tenant}/`);

export async function openDoor(store: string, bucket: string, tenant: string): Promise<Door> {
  const { hostname, port } = new URL(store);
  const [chunks, rest] = [noRequests(), noRequests()];
  const server = createServer((incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? "/", store);
    count(isChunk(decodeURIComponent(pathname), bucket, tenant) ? chunks : rest, incoming, pathname, searchParams);
    forward(incoming, outgoing, hostname, Number(port));
  });
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const own = typeof address === "object" && address ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${own}`,
    chunks,
    rest,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A GET of the bucket itself is a listing. */
function count(to: Requests, { method, headers }: IncomingMessage, path: string, query: URLSearchParams): void {
  const names = path.split("/").filter(Boolean).length;
  if (method === "PUT") {
    to.put++;
    to.putBytes += Number(headers["x-amz-decoded-content-length"] ?? headers["content-length"] ?? 0);
  } else if (method === "GET" && (names < 2 || query.has("list-type"))) to.list++;
  else if (method === "GET") to.get++;
  else if (method === "HEAD") to.head++;
  else if (method === "DELETE" || method === "POST") to.delete++;
}

/** The headers as they came: they are signed. */
function forward(incoming: IncomingMessage, outgoing: ServerResponse, hostname: string, port: number): void {
  const { method, url, headers } = incoming;
  const onward = request({ hostname, port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on("error", () => outgoing.destroy());
  incoming.pipe(onward);
}
