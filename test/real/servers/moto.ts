// moto: the APIs of AWS (S3, IAM, KMS, CloudTrail and many more) in one process, in memory.
import { rmSync } from "node:fs";
import type { Keys } from "./keys";
import { freePort } from "./run/ports";
import { answers, startProcess } from "./run/process";
import { logFolder, newFolder } from "./run/run";
import { defineServer, type Running, shareable } from "./server";
import { tool } from "./tools/catalogue";

export interface Moto extends Running<Keys> {
  /** From now on requests are checked against IAM policies, and only users made through IAM get through. */
  enforceAccess(): Promise<void>;
  /** Everything back to empty. */
  reset(): Promise<void>;
}

async function start(): Promise<Moto> {
  const folder = newFolder("moto");
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const cleanUp = () => rmSync(folder, { recursive: true, force: true });
  const post = async (path: string, body?: string) => {
    const answer = await fetch(`${endpoint}/moto-api/${path}`, {
      method: "POST",
      headers: { "Content-Type": "text/plain" },
      ...(body === undefined ? {} : { body }),
    });
    if (!answer.ok) throw new Error(`moto answered ${path} with ${answer.status}: ${await answer.text()}`);
  };
  try {
    const moto = await startProcess({
      server: "moto",
      name: `moto-${port}`,
      command: tool("moto_server"),
      args: ["-H", "127.0.0.1", "-p", String(port)],
      folder,
      ready: answers(`${endpoint}/moto-api/data.json`),
      stopSignal: "SIGKILL",
    });
    return {
      endpoint,
      credentials: { accessKeyId: "testing", secretAccessKey: "testing" },
      logs: logFolder("moto"),
      // The body is how many requests may still pass unchecked.
      enforceAccess: () => post("reset-auth", "0"),
      reset: () => post("reset"),
      stop: async () => {
        await moto.stop();
        cleanUp();
      },
    };
  } catch (error) {
    cleanUp();
    throw error;
  }
}

export const moto = shareable(defineServer<Moto, void>("moto", ["moto_server"], start));
