// Grafana Alloy, where somebody has put it: it can't be built from the registries that the other servers come from.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../servers/run/ports";
import { answers, startProcess } from "../servers/run/process";
import { newFolder } from "../servers/run/run";
import { onPath } from "../servers/tools/path";

export const alloyBinary = process.env.GRANARY_ALLOY ?? onPath("alloy");
export const withoutAlloy = "skipped: no Alloy 1.18 on PATH or at GRANARY_ALLOY";

export interface Alloy {
  metrics(): Promise<string>;
  stop(): Promise<void>;
}

export async function startAlloy(configuration: string): Promise<Alloy> {
  const folder = newFolder("alloy");
  mkdirSync(join(folder, "data"));
  const file = join(folder, "config.alloy");
  writeFileSync(file, configuration);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const alloy = await startProcess({
    server: "alloy",
    name: `alloy-${port}`,
    command: alloyBinary ?? "alloy",
    args: ["run", `--server.http.listen-addr=127.0.0.1:${port}`, `--storage.path=${join(folder, "data")}`, "--disable-reporting", file],
    folder,
    env: { HOSTNAME: "node-1" },
    ready: answers(`${endpoint}/-/ready`),
    readyWithinSeconds: 60,
  });
  const stop = async () => {
    await alloy.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { metrics: async () => (await fetch(`${endpoint}/metrics`)).text(), stop };
}

/** What must change for a node's configuration to run on a machine without a cluster, and nothing else. */
export interface AlloyPlace {
  /** Instead of what the API server would say of the node's pods. */
  readonly pods: readonly Readonly<Record<string, string>>[];
  /** Instead of /var/log/pods. */
  readonly logs: string;
  readonly otlpGrpcPort: number;
  readonly otlpHttpPort: number;
}

export function localAlloy(text: string, { pods, logs, otlpGrpcPort, otlpHttpPort }: AlloyPlace): string {
  const targets = `[${pods.map((pod) => `{${Object.entries(pod).map(([key, value]) => `"${key}" = ${JSON.stringify(value)}`)}}`)}]`;
  const named = /^otelcol\.processor\.k8sattributes "pods" \{[\s\S]*?traces = (\[.*\])[\s\S]*?\n\}\n/m;
  const next = named.exec(text)?.[1] ?? "[]";
  return text
    .replace(/^discovery\.kubernetes "pods" \{[\s\S]*?\n\}\n/m, "")
    .replaceAll("discovery.kubernetes.pods.targets", targets)
    .replaceAll("/var/log/pods", logs)
    .replace(named, "")
    .replace("[otelcol.processor.k8sattributes.pods.input]", next)
    .replace("0.0.0.0:4317", `127.0.0.1:${otlpGrpcPort}`)
    .replace("0.0.0.0:4318", `127.0.0.1:${otlpHttpPort}`);
}
