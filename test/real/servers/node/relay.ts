// The way from this machine's loopback to a port in the node's network namespace.
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { freePort } from "../run/ports";
import { type RunningProcess, startProcess } from "../run/process";
import { root } from "../run/root";
import type { Namespaces } from "./namespaces";

export interface Relay extends RunningProcess {
  readonly port: number;
}

export async function startRelay(namespaces: Namespaces, folder: string, target: number): Promise<Relay> {
  const port = await freePort();
  const listener = createServer();
  listener.listen(port, "127.0.0.1");
  await once(listener, "listening");
  const program = [join(root, "bin/run.mjs"), join(root, "test/real/servers/node/relay-program.ts"), String(target)];
  const [command, ...args] = namespaces.enterNetwork(process.execPath, ...program);
  const taken = async () => !listener.listening;
  const running = await startProcess({
    server: "node",
    name: "relay",
    command,
    args,
    folder,
    listener,
    ready: taken,
    stopSignal: "SIGKILL",
  });
  return { ...running, port };
}
