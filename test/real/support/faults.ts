// What can be wrong around a Loki, and how to see it.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { Loki } from "../servers";
import { newFolder } from "../servers/run/run";

/** The sum over all label values; zero when the metric is not there. */
export async function metric({ endpoint }: Loki, name: string): Promise<number> {
  const text = await (await fetch(`${endpoint}/metrics`)).text();
  const values = text.split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return values.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}

/** Whether a small disk can be mounted here: that takes root. */
export function smallDisk(): boolean {
  const folder = newFolder("mount");
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], { stdio: "ignore" });
    execFileSync("umount", [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A door to the store through which everything that it says comes late. */
export async function slowDoor(endpoint: string, milliseconds: number): Promise<{ endpoint: string; close(): void }> {
  const { hostname, port, protocol } = new URL(endpoint);
  const open = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const hangUp = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on("close", () => open.delete(socket)).on("error", hangUp);
    }
    client.pipe(upstream);
    upstream.on("data", (data) => setTimeout(() => client.write(data), milliseconds));
    upstream.on("end", () => setTimeout(() => client.end(), milliseconds));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const own = typeof address === "object" && address ? address.port : 0;
  const close = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return { endpoint: `${protocol}//127.0.0.1:${own}`, close };
}
