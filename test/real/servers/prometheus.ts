// Prometheus, which reads its targets every second.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "./run/ports";
import { answers, startProcess } from "./run/process";
import { logFolder, newFolder } from "./run/run";
import { defineServer, type Running } from "./server";
import { tool } from "./tools/catalogue";

export interface PrometheusOptions {
  /** host:port -> the labels of its series, `job` among them. */
  readonly targets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Prometheus extends Running<undefined> {
  /** The values of an instant vector, now. */
  query(expression: string): Promise<{ readonly labels: Readonly<Record<string, string>>; readonly value: number }[]>;
  /** The names of all series that it has seen. */
  names(): Promise<string[]>;
}

async function start({ targets }: PrometheusOptions): Promise<Prometheus> {
  const folder = newFolder("prometheus");
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const jobs = Object.entries(targets).map(([target, labels], i) => ({
    job_name: `target-${i}`,
    static_configs: [{ targets: [target], labels }],
  }));
  const file = join(folder, "prometheus.yml");
  // JSON is YAML as well.
  writeFileSync(file, JSON.stringify({ global: { scrape_interval: "1s" }, scrape_configs: jobs }));
  const cleanUp = () => rmSync(folder, { recursive: true, force: true });
  try {
    const process = await startProcess({
      server: "prometheus",
      name: `prometheus-${port}`,
      command: tool("prometheus"),
      args: [`--config.file=${file}`, `--storage.tsdb.path=${join(folder, "data")}`, `--web.listen-address=127.0.0.1:${port}`],
      folder,
      ready: answers(`${endpoint}/-/ready`),
      stopSignal: "SIGKILL",
    });
    const ask = async <T>(path: string): Promise<T> => {
      const answer = (await (await fetch(endpoint + path)).json()) as { status: string; error?: string; data: T };
      if (answer.status !== "success") throw new Error(`Prometheus answered ${path}: ${answer.error}`);
      return answer.data;
    };
    return {
      endpoint,
      credentials: undefined,
      logs: logFolder("prometheus"),
      query: async (expression) => {
        const { result } = await ask<{ result: { metric: Record<string, string>; value: [number, string] }[] }>(
          `/api/v1/query?${new URLSearchParams({ query: expression })}`,
        );
        return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
      },
      names: () => ask<string[]>("/api/v1/label/__name__/values"),
      stop: async () => {
        await process.stop();
        cleanUp();
      },
    };
  } catch (error) {
    cleanUp();
    throw error;
  }
}

export const prometheus = defineServer("Prometheus", ["prometheus"], start);
