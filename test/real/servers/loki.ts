// Grafana Loki as one process, with a configuration that the test brings: the very text that the program renders, moved to this machine.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePorts } from "./run/ports";
import { answers, run, startProcess } from "./run/process";
import { logFolder, newFolder } from "./run/run";
import { defineServer, type Running } from "./server";
import { tool } from "./tools/catalogue";

/** What on this machine a configuration must be moved to. */
export interface LokiPlace {
  readonly folder: string;
  readonly httpPort: number;
  readonly grpcPort: number;
  readonly gossipPort: number;
}

export interface LokiOptions {
  readonly configuration: (place: LokiPlace) => string;
  /** For `${NAME}` in the configuration: keys never stand in it. */
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

export interface Loki extends Running<undefined> {
  readonly pid: number;
  /** Where its metrics, /flush, /ready and all of its API are is `endpoint`. Stopping is graceful: chunks and index go to the store. */
  kill(): Promise<void>;
  running(): boolean;
  /** The file that it logs to. */
  readonly log: string;
  readonly exitCode: Promise<number | undefined>;
}

/** Skips the waits for ring members and the DNS lookups that only a cluster needs. */
const soon = [
  "-ingester.min-ready-duration=0s",
  "-pattern-ingester.min-ready-duration=0s",
  "-frontend.scheduler-dns-lookup-period=200ms",
  "-querier.dns-lookup-period=200ms",
];

async function start({ configuration, env = {}, args = [] }: LokiOptions): Promise<Loki> {
  const folder = newFolder("loki");
  mkdirSync(join(folder, "data"));
  const [httpPort = 0, grpcPort = 0, gossipPort = 0] = await freePorts(3);
  const file = join(folder, "loki.yaml");
  writeFileSync(file, configuration({ folder: join(folder, "data"), httpPort, grpcPort, gossipPort }));
  const endpoint = `http://127.0.0.1:${httpPort}`;
  const cleanUp = () => rmSync(folder, { recursive: true, force: true });
  try {
    const loki = await startProcess({
      server: "loki",
      name: `loki-${httpPort}`,
      command: tool("loki"),
      args: [`-config.file=${file}`, "-config.expand-env=true", ...soon, ...args],
      folder,
      env,
      ready: answers(`${endpoint}/ready`),
      readyWithinSeconds: 120,
    });
    const end = (how?: "SIGKILL") => async () => {
      await loki.stop(how);
      cleanUp();
    };
    return {
      endpoint,
      credentials: undefined,
      logs: logFolder("loki"),
      pid: loki.pid,
      running: loki.running,
      log: loki.log,
      exitCode: loki.exitCode,
      kill: end("SIGKILL"),
      stop: end(),
    };
  } catch (error) {
    cleanUp();
    throw error;
  }
}

export const loki = defineServer("Loki", ["loki"], start);

/** What `loki -verify-config` thinks of a configuration: undefined when all is well, else what it complains of. */
export async function verifyLokiConfiguration(text: string): Promise<string | undefined> {
  const folder = newFolder("verify");
  try {
    const file = join(folder, "loki.yaml");
    writeFileSync(file, text);
    await run(tool("loki"), [`-config.file=${file}`, "-config.expand-env=true", "-verify-config"], { cwd: folder });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
