// SeaweedFS as one process: master, volume server, filer and S3 gateway.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawKeys, type Keys } from "./keys";
import { freePorts } from "./run/ports";
import { answers, startProcess } from "./run/process";
import { logFolder, newFolder } from "./run/run";
import { defineServer, type Running, shareable } from "./server";
import { tool } from "./tools/catalogue";
import { weedShell } from "./weed-shell";

export interface SeaweedOptions {
  /** Users beside the administrator, whose keys are `credentials`: they may do what bucket policies allow `arn:aws:iam::000000000000:user/<name>`. */
  readonly users: readonly string[];
  /** How many volumes the store has room for; each bucket needs its own. 500 by default. */
  readonly volumes?: number;
}

export interface Seaweed extends Running<Keys> {
  user(name: string): Keys;
  /** Gives a user a policy of its own that allows uploads, with the commands of docs/stores.md. Resources are `arn:aws:s3:::<bucket>/*`. */
  allowUploads(name: string, resources: readonly string[]): Promise<void>;
}

async function start({ users, volumes = 500 }: SeaweedOptions): Promise<Seaweed> {
  const folder = newFolder("seaweedfs");
  mkdirSync(join(folder, "data"));
  const [master = 0, masterGrpc = 0, volume = 0, volumeGrpc = 0, filer = 0, filerGrpc = 0, s3 = 0, s3Grpc = 0] = await freePorts(8);
  const keys = new Map(["admin", ...users].map((name) => [name, drawKeys()] as const));
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
  const store = [`-dir=${join(folder, "data")}`, "-filer", "-s3", `-volume.max=${volumes}`, "-master.volumeSizeLimitMB=64"];
  const cleanUp = () => rmSync(folder, { recursive: true, force: true });
  const user = (name: string) => keys.get(name) ?? fail(name);
  try {
    const weed = await startProcess({
      server: "seaweedfs",
      env: administratorOf(user("admin")),
      name: `weed-${s3}`,
      command: tool("weed"),
      args: ["server", ...loopback, ...Object.entries(ports).map(([name, port]) => `-${name}=${port}`), ...store],
      folder,
      ready: answers(`${endpoint}/healthz`),
      // It may hang on SIGTERM.
      stopSignal: "SIGKILL",
    });
    const shell = weedShell(`127.0.0.1:${master}.${masterGrpc}`, `127.0.0.1:${filer}.${filerGrpc}`, folder);
    for (const name of users) await shell([createUser(name, user(name))]);
    const allowUploads = async (name: string, resources: readonly string[]) => {
      const file = join(folder, `${name}.json`);
      writeFileSync(file, uploadPolicy(resources));
      await shell([`s3.policy -put -name=${name}-uploads -file=${file}`, `s3.policy.attach -policy=${name}-uploads -user=${name}`]);
    };
    const stop = async () => {
      await weed.stop();
      cleanUp();
    };
    return { endpoint, credentials: user("admin"), logs: logFolder("seaweedfs"), user, allowUploads, stop };
  } catch (error) {
    cleanUp();
    throw error;
  }
}

function fail(name: string): never {
  throw new Error(`SeaweedFS was started without a user ${name}`);
}

/** SeaweedFS takes the keys in its environment as those of an administrator. */
const administratorOf = ({ accessKeyId, secretAccessKey }: Keys) => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
});

const createUser = (name: string, { accessKeyId, secretAccessKey }: Keys) =>
  `s3.user.create -name=${name} -access_key=${accessKeyId} -secret_key=${secretAccessKey}`;

const uploadPolicy = (Resource: readonly string[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource }] });

export const seaweedfs = shareable(defineServer("SeaweedFS", ["weed"], start), { users: ["loki", "tempo", "stranger"] });
