// etcd, API server, controller manager and scheduler inside the node.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeCertificate } from "../certificate";
import { type ClusterAccess, type KubernetesClient, kubernetesClient } from "../kubernetes-client";
import { commonApiServerFlags, etcdFlags, flags, kubeconfigText, managerFlags, writeIdentities } from "../kubernetes-flags";
import { tool } from "../tools/catalogue";
import { apiServerPort, apiServerService, nodeAddress } from "./addresses";
import type { Namespaces } from "./namespaces";

export interface ControlPlane {
  /** On this machine's loopback. */
  readonly endpoint: string;
  readonly access: ClusterAccess;
  readonly client: KubernetesClient;
  /** For programs on this machine. */
  readonly kubeconfig: string;
  /** For programs in the node's network. */
  readonly innerKubeconfig: string;
  /** Needs no node, but an API server that is ready. */
  startControllers(): Promise<void>;
}

const etcd = "http://127.0.0.1:2379";
const serviceNames = ["kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"];

/** Returns when the API server is ready: on `port` of this machine's loopback. */
export async function startControlPlane(namespaces: Namespaces, folder: string, port: number): Promise<ControlPlane> {
  const token = writeIdentities(folder);
  const { ca, certFile, keyFile } = await makeCertificate(folder, [nodeAddress, apiServerService, ...serviceNames]);
  const endpoint = `https://127.0.0.1:${port}`;
  const access = { token, ca };
  const client = kubernetesClient(endpoint, access);
  const [kubeconfig, innerKubeconfig] = [join(folder, "kubeconfig"), join(folder, "inner-kubeconfig")];
  writeFileSync(kubeconfig, kubeconfigText(endpoint, access), { mode: 0o600 });
  writeFileSync(innerKubeconfig, kubeconfigText(`https://127.0.0.1:${apiServerPort}`, access), { mode: 0o600 });

  // The API server waits for etcd by itself.
  const etcdArgs = etcdFlags(join(folder, "etcd"), etcd, "http://127.0.0.1:2380");
  await namespaces.startDaemon("etcd", { command: tool("etcd"), args: etcdArgs, ready: async () => true });
  await namespaces.startDaemon("kube-apiserver", {
    command: tool("kube-apiserver"),
    args: flags({
      ...commonApiServerFlags(folder, etcd),
      "bind-address": "0.0.0.0",
      "advertise-address": nodeAddress,
      "secure-port": apiServerPort,
      "tls-cert-file": certFile,
      "tls-private-key-file": keyFile,
      "kubelet-preferred-address-types": "InternalIP",
      profiling: false,
    }),
    ready: async () => (await client.request("GET", "/readyz")).status === 200,
  });

  const startControllers = async () => {
    const manager = managerFlags(folder, innerKubeconfig, certFile, 10257);
    const scheduler = flags({ kubeconfig: innerKubeconfig, "bind-address": "127.0.0.1", "leader-elect": false });
    const ready = async () => true;
    await namespaces.startDaemon("kube-controller-manager", { command: tool("kube-controller-manager"), args: manager, ready });
    await namespaces.startDaemon("kube-scheduler", { command: tool("kube-scheduler"), args: scheduler, ready });
  };
  return { endpoint, access, client, kubeconfig, innerKubeconfig, startControllers };
}
