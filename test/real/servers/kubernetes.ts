// A Kubernetes control plane without nodes: etcd, API server and controller manager. Objects are admitted, stored and garbage-collected; no pod ever runs.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ClusterAccess, type KubernetesClient, kubernetesClient } from "./kubernetes-client";
import { commonApiServerFlags, etcdFlags, flags, kubeconfigText, managerFlags, writeIdentities } from "./kubernetes-flags";
import { freePorts } from "./run/ports";
import { answers, type RunningProcess, startProcess } from "./run/process";
import { logFolder, newFolder } from "./run/run";
import { defineServer, type Running, shareable, stopAll } from "./server";
import { tool } from "./tools/catalogue";

export interface Kubernetes extends Running<ClusterAccess> {
  readonly client: KubernetesClient;
  /** The path of a kubeconfig for helm and other programs. */
  readonly kubeconfig: string;
}

async function start(): Promise<Kubernetes> {
  const folder = newFolder("kubernetes");
  const file = (name: string) => join(folder, name);
  const [etcdPort = 0, peerPort = 0, apiPort = 0, managerPort = 0] = await freePorts(4);
  const token = writeIdentities(folder);

  const started: RunningProcess[] = [];
  const daemon = async (name: string, args: string[], ready: () => Promise<boolean>) => {
    started.unshift(await startProcess({ server: "kubernetes", name, command: tool(name), args, folder, ready }));
  };
  // The API server goes before etcd: without it, it would wait for its leases' end.
  const stop = async () => {
    await stopAll(started);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const etcd = `http://127.0.0.1:${etcdPort}`;
    await daemon("etcd", etcdFlags(file("etcd"), etcd, `http://127.0.0.1:${peerPort}`), answers(`${etcd}/health`));
    const endpoint = `https://127.0.0.1:${apiPort}`;
    const certificate = file("certificates/apiserver.crt");
    const authority = () => (existsSync(certificate) ? readFileSync(certificate, "utf8") : "");
    await daemon(
      "kube-apiserver",
      apiServerFlags(folder, etcd, apiPort),
      async () => (await kubernetesClient(endpoint, { token, ca: authority() }).request("GET", "/readyz")).status === 200,
    );
    const credentials = { token, ca: authority() };
    const kubeconfig = file("kubeconfig");
    writeFileSync(kubeconfig, kubeconfigText(endpoint, credentials), { mode: 0o600 });
    const client = kubernetesClient(endpoint, credentials);
    // Its own sign of work: the first ServiceAccount that nobody but it makes.
    await daemon(
      "kube-controller-manager",
      managerFlags(folder, kubeconfig, certificate, managerPort),
      async () => (await client.request("GET", "/api/v1/namespaces/default/serviceaccounts/default")).status === 200,
    );
    return { endpoint, credentials, client, kubeconfig, logs: logFolder("kubernetes"), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const apiServerFlags = (folder: string, etcd: string, port: number) =>
  flags({
    ...commonApiServerFlags(folder, etcd),
    "bind-address": "127.0.0.1",
    "advertise-address": "127.0.0.1",
    "secure-port": port,
    "endpoint-reconciler-type": "none",
    "cert-dir": join(folder, "certificates"),
    // A pod would wait for its ServiceAccount's token, which no node asks for.
    "disable-admission-plugins": "ServiceAccount",
  });

const programs = ["etcd", "kube-apiserver", "kube-controller-manager"];
export const kubernetes = shareable(defineServer<Kubernetes, void>("Kubernetes", programs, start));
