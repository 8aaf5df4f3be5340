// A public endpoint on this machine: its host and port 443 lead to a local port, for programs in a mount namespace of their own.
import { writeFileSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import type { Requirement } from "../../servers";
import { newFolder } from "../../servers/run/run";
import { onPath } from "../../servers/tools/path";

export const mountNamespace: Requirement = {
  name: "a mount namespace",
  missing: () =>
    onPath("unshare") && process.getuid?.() === 0 ? [] : ["a mount namespace and port 443 missing: run the tests on Linux as root"],
};

export interface Endpoint {
  /** Put before a command, it sees the host at its address here. */
  readonly wrapper: readonly string[];
  stop(): void;
}

export async function endpointAt(host: string, port: number): Promise<Endpoint> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const upstream = connect(port, "127.0.0.1");
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(from);
      from.once("close", () => sockets.delete(from));
      from.on("error", () => to.destroy());
      from.pipe(to);
    }
  });
  const address = await listenSomewhere(server);
  const hosts = join(newFolder("hosts"), "hosts");
  writeFileSync(hosts, `127.0.0.1 localhost\n${address} ${host}\n`);
  const mount = 'mount --bind "$0" /etc/hosts && exec "$@"';
  const stop = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { wrapper: ["unshare", "--mount", "--propagation", "private", "sh", "-c", mount, hosts], stop };
}

/** Port 443 of an address of the loopback network that nothing else uses: another run may have its own. */
async function listenSomewhere(server: Server): Promise<string> {
  for (let tries = 0; tries < 20; tries++) {
    const part = () => 1 + Math.floor(Math.random() * 250);
    const address = `127.${part()}.${part()}.${part()}`;
    const listens = await new Promise<boolean>((done) => {
      server.once("error", () => done(false));
      server.listen(443, address, () => done(true));
    });
    if (listens) return address;
  }
  throw new Error("no address of 127.0.0.0/8 has port 443 free");
}
