// nginx, with a configuration that the test brings.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "./run/ports";
import { answers, startProcess } from "./run/process";
import { logFolder, newFolder } from "./run/run";
import { defineServer, type Running } from "./server";
import { tool } from "./tools/catalogue";

/** What on this machine a configuration must be moved to. */
export interface NginxPlace {
  readonly folder: string;
  readonly port: number;
}

export type Nginx = Running<undefined>;

async function start({ configuration }: { readonly configuration: (place: NginxPlace) => string }): Promise<Nginx> {
  const folder = newFolder("nginx");
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const file = join(folder, "nginx.conf");
  const cleanUp = () => rmSync(folder, { recursive: true, force: true });
  try {
    writeFileSync(file, configuration({ folder, port }));
    const process = await startProcess({
      server: "nginx",
      name: `nginx-${port}`,
      command: tool("nginx"),
      // One process, so that none of it becomes another user who may not read the folder.
      args: ["-p", folder, "-c", file, "-e", "stderr", "-g", "daemon off; master_process off;"],
      folder,
      ready: answers(`${endpoint}/`),
      stopSignal: "SIGKILL",
    });
    const stop = async () => {
      await process.stop();
      cleanUp();
    };
    return { endpoint, credentials: undefined, logs: logFolder("nginx"), stop };
  } catch (error) {
    cleanUp();
    throw error;
  }
}

export const nginx = defineServer("nginx", ["nginx"], start);
