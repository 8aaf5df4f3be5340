// What a client of plain requests can't do: streams into and out of pods, by kubectl.
import { mkdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { freePort } from "./run/ports";
import { run, startProcess } from "./run/process";
import { tool } from "./tools/catalogue";

export interface PodName {
  readonly namespace: string;
  readonly name: string;
  readonly container?: string;
}

export interface PortForward {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  stop(): Promise<void>;
}

export interface KubectlTools {
  /** Returns what it printed; an error holds what it complained of. */
  kubectl(...args: string[]): Promise<string>;
  exec(pod: PodName, ...command: string[]): Promise<string>;
  /** Of the container that runs now, or with `previous` of the one before it. */
  podLogs(pod: PodName, options?: { readonly previous?: boolean }): Promise<string>;
  /** `target` as kubectl has it: `service/loki`, `pod/loki-0`. It ends when its pod does. */
  portForward(namespace: string, target: string, port: number): Promise<PortForward>;
}

export function kubectlFor(kubeconfig: string, folder: string): KubectlTools {
  const cache = join(folder, "kubectl");
  mkdirSync(cache, { recursive: true });
  const common = ["--kubeconfig", kubeconfig, "--cache-dir", cache];
  const kubectl = (...args: string[]) => run(tool("kubectl"), [...common, ...args], { seconds: 300 });
  const at = ({ namespace, name, container }: PodName) => ["-n", namespace, name, ...(container ? ["-c", container] : [])];
  return {
    kubectl,
    exec: (pod, ...command) => kubectl("exec", ...at(pod), "--", ...command),
    podLogs: (pod, { previous = false } = {}) => kubectl("logs", ...at(pod), ...(previous ? ["--previous"] : [])),
    portForward: async (namespace, target, port) => {
      const local = await freePort();
      const { stop } = await startProcess({
        server: "node",
        name: `port-forward-${local}`,
        command: tool("kubectl"),
        args: [...common, "port-forward", "-n", namespace, target, `${local}:${port}`],
        folder,
        ready: () => accepts(local),
      });
      return { endpoint: `http://127.0.0.1:${local}`, stop: () => stop() };
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const connection = connect(port, "127.0.0.1", () => connection.end(() => done(true)));
    connection.once("error", () => done(false));
  });
}
