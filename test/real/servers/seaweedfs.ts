// SeaweedFS as one process: master, volume server, filer and S3 gateway.
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Keys } from "./keys";
import { freePorts } from "./run/ports";
import { answers, startProcess } from "./run/process";
import { logFolder, newFolder } from "./run/run";
import { defineServer, type Running, shareable } from "./server";
import { tool } from "./tools/catalogue";

export interface SeaweedOptions {
  /** Users beside the administrator, whose keys are `credentials`: they may do what bucket policies let them, as `arn:aws:iam::000000000000:user/<name>`. */
  readonly users: readonly string[];
}

export interface Seaweed extends Running<Keys> {
  user(name: string): Keys;
}

async function start({ users }: SeaweedOptions): Promise<Seaweed> {
  const folder = newFolder("seaweedfs");
  mkdirSync(join(folder, "data"));
  const [master = 0, masterGrpc = 0, volume = 0, volumeGrpc = 0, filer = 0, filerGrpc = 0, s3 = 0, s3Grpc = 0] = await freePorts(8);
  const keys = new Map(["admin", ...users].map((name) => [name, drawKeys()] as const));
  const configuration = join(folder, "s3.json");
  writeFileSync(configuration, JSON.stringify({ identities: [...keys].map(([name, k]) => identity(name, k)) }), { mode: 0o600 });
  const ports = {
    "master.port": master,
    "master.port.grpc": masterGrpc,
    "volume.port": volume,
    "volume.port.grpc": volumeGrpc,
    "filer.port": filer,
    "filer.port.grpc": filerGrpc,
    "s3.port": s3,
    "s3.port.grpc": s3Grpc,
    // Catalogues that nobody here asks for, on fixed ports.
    "s3.port.iceberg": 0,
    "s3.port.lance": 0,
  };
  const endpoint = `http://127.0.0.1:${s3}`;
  const loopback = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.telemetry=false"];
  const store = [
    `-dir=${join(folder, "data")}`,
    "-filer",
    "-s3",
    `-s3.config=${configuration}`,
    "-volume.max=500",
    "-master.volumeSizeLimitMB=64",
  ];
  const cleanUp = () => rmSync(folder, { recursive: true, force: true });
  try {
    const weed = await startProcess({
      server: "seaweedfs",
      name: `weed-${s3}`,
      command: tool("weed"),
      args: ["server", ...loopback, ...Object.entries(ports).map(([name, port]) => `-${name}=${port}`), ...store],
      folder,
      ready: answers(`${endpoint}/healthz`),
      // It may hang on SIGTERM.
      stopSignal: "SIGKILL",
    });
    const user = (name: string) => keys.get(name) ?? fail(name);
    const stop = async () => {
      await weed.stop();
      cleanUp();
    };
    return { endpoint, credentials: user("admin"), logs: logFolder("seaweedfs"), user, stop };
  } catch (error) {
    cleanUp();
    throw error;
  }
}

function fail(name: string): never {
  throw new Error(`SeaweedFS was started without a user ${name}`);
}

const drawKeys = (): Keys => ({
  accessKeyId: randomBytes(10).toString("hex").toUpperCase(),
  secretAccessKey: randomBytes(20).toString("hex"),
});

const identity = (name: string, keys: Keys) => ({
  name,
  credentials: [{ accessKey: keys.accessKeyId, secretKey: keys.secretAccessKey }],
  actions: name === "admin" ? ["Admin"] : [],
});

export const seaweedfs = shareable(defineServer("SeaweedFS", ["weed"], start), { users: ["loki", "tempo", "stranger"] });
