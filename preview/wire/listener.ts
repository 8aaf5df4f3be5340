import { type AddressInfo, createServer, type Socket } from "node:net";

export interface Listener {
  readonly address: string;
  /** Takes connections from now on, and those that came before. */
  accept(take: (socket: Socket) => void): void;
  close(): void;
}

/** Listens on loopback before there is anything that could answer: whoever connects early waits. */
export async function listen(): Promise<Listener> {
  const sockets = new Set<Socket>();
  const waiting: Socket[] = [];
  let take: (socket: Socket) => void = (socket) => {
    waiting.push(socket);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    take(socket);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    accept(next) {
      take = next;
      for (const socket of waiting.splice(0)) take(socket);
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
