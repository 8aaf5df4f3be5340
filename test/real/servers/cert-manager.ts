// cert-manager's controller with the definitions of its version. No webhook: the API server takes every object that its definition allows.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { type Definition, installDefinition } from "./definition";
import type { KubernetesClient } from "./kubernetes-client";
import { run, startProcess } from "./run/process";
import { logFolder, newFolder } from "./run/run";
import { defineServer, type Running } from "./server";
import { tool } from "./tools/catalogue";

export interface CertManagerOptions {
  readonly endpoint: string;
  readonly client: KubernetesClient;
  readonly kubeconfig: string;
}

async function start({ endpoint, client, kubeconfig }: CertManagerOptions): Promise<Running<undefined>> {
  const [folder, logs] = [newFolder("cert-manager"), logFolder("cert-manager")];
  const cleanUp = () => rmSync(folder, { recursive: true, force: true });
  try {
    const documents = parseAllDocuments(await run(tool("cert-manager"), ["definitions"])).map((document) => document.toJS());
    // An empty document stands between two files.
    const definitions = documents.filter((document): document is Definition => document !== null);
    await Promise.all(definitions.map((definition) => installDefinition(client, definition)));
    const { stop } = await startProcess({
      server: "cert-manager",
      name: "controller",
      command: tool("cert-manager"),
      args: ["--kubeconfig", kubeconfig],
      folder,
      ready: async () => readFileSync(join(logs, "controller.log"), "utf8").includes("controllers started"),
    });
    return {
      endpoint,
      credentials: undefined,
      logs,
      stop: async () => {
        await stop();
        cleanUp();
      },
    };
  } catch (error) {
    cleanUp();
    throw error;
  }
}

export const certManager = defineServer<Running<undefined>, CertManagerOptions>("cert-manager", ["cert-manager"], start);
