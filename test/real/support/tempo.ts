// Grafana Tempo, where somebody has put it: it can't be built from the registries that the other servers come from.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Keys } from "../servers";
import { freePorts } from "../servers/run/ports";
import { answers, run, startProcess } from "../servers/run/process";
import { newFolder } from "../servers/run/run";
import { onPath } from "../servers/tools/path";
import { localTempo, type TempoStore } from "./local-tempo";

export const tempoBinary = process.env.GRANARY_TEMPO ?? onPath("tempo");
export const withoutTempo = "skipped: no Tempo 2.10 on PATH or at GRANARY_TEMPO";

export interface Tempo {
  readonly endpoint: string;
  /** For spans by OTLP over HTTP. */
  readonly otlp: string;
  /** For spans by OTLP over gRPC. */
  readonly otlpGrpc: string;
  stop(): Promise<void>;
}

const nobody = "overrides: {}\n";

/** `kept` changes the configuration once more, by the folder of its disk. */
export async function startTempo(
  text: string,
  store: TempoStore | undefined,
  keys: Keys | undefined,
  overrides = nobody,
  kept: (text: string, folder: string) => string = (moved) => moved,
): Promise<Tempo> {
  const folder = newFolder("tempo");
  mkdirSync(join(folder, "data"));
  const [httpPort = 0, grpcPort = 0, gossipPort = 0, otlpGrpcPort = 0, otlpHttpPort = 0] = await freePorts(5);
  const file = join(folder, "tempo.yaml");
  const overridesFile = join(folder, "overrides.yaml");
  writeFileSync(overridesFile, overrides);
  const place = { folder: join(folder, "data"), httpPort, grpcPort, gossipPort, otlpGrpcPort, otlpHttpPort, overrides: overridesFile };
  writeFileSync(file, kept(localTempo(text, place, store), place.folder));
  const endpoint = `http://127.0.0.1:${httpPort}`;
  const tempo = await startProcess({
    server: "tempo",
    name: `tempo-${httpPort}`,
    command: tempoBinary ?? "tempo",
    args: [`-config.file=${file}`],
    folder,
    env: keys ? { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey } : {},
    ready: answers(`${endpoint}/ready`),
    readyWithinSeconds: 120,
  });
  const stop = async () => {
    await tempo.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { endpoint, otlp: `http://127.0.0.1:${otlpHttpPort}/v1/traces`, otlpGrpc: `127.0.0.1:${otlpGrpcPort}`, stop };
}

/** What Tempo thinks of a configuration: undefined when all is well, else what it complains of. */
export async function verifyTempoConfiguration(text: string): Promise<string | undefined> {
  const folder = newFolder("verify");
  try {
    const file = join(folder, "tempo.yaml");
    const overrides = join(folder, "overrides.yaml");
    writeFileSync(overrides, nobody);
    writeFileSync(file, text.replace("/conf/overrides.yaml", overrides));
    await run(tempoBinary ?? "tempo", [`-config.file=${file}`, "-config.verify=true"], { cwd: folder });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
