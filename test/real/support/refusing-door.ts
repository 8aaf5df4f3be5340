// A door to an S3 store that can be told to refuse every write, as a policy or a full quota does: reading and listing go on.
import { createServer, request } from "node:http";

export interface RefusingDoor {
  readonly endpoint: string;
  refuses: boolean;
  close(): void;
}

const denied = '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>';

export async function refusingDoor(store: string): Promise<RefusingDoor> {
  const { hostname, port } = new URL(store);
  const server = createServer((asked, answer) => {
    if (door.refuses && asked.method === "PUT") {
      asked.resume().on("end", () => answer.writeHead(403, { "Content-Type": "application/xml" }).end(denied));
      return;
    }
    // The headers pass as they are, `Host` too: they are signed.
    const passed = request({ hostname, port, path: asked.url, method: asked.method, headers: asked.headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const own = typeof address === "object" && address ? address.port : 0;
  const door: RefusingDoor = {
    endpoint: `http://127.0.0.1:${own}`,
    refuses: false,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return door;
}
