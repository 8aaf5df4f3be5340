// A real Kubernetes of one node that runs pods: containerd, Services, DNS, volumes, pod security and enforced NetworkPolicies, in namespaces of its own.
import { rmSync } from "node:fs";
import { basename } from "node:path";
import { corednsImage, type Image, pauseImage } from "../images";
import { type KubectlTools, kubectlFor } from "../kubectl";
import type { ClusterAccess, KubernetesClient } from "../kubernetes-client";
import { makeCgroup, removeCgroup } from "../run/cgroups";
import { logFolder, newFolder, runId } from "../run/run";
import { defineServer, type Running, shareable, stopAll } from "../server";
import { apiServerPort } from "./addresses";
import { startContainerRuntime } from "./container-runtime";
import { startControlPlane } from "./control-plane";
import { applyNameServer, untilNameServerReady } from "./dns";
import { startKubelet } from "./kubelet";
import { startNamespaces } from "./namespaces";
import { startPolicyController, startServiceProxy } from "./network";
import { startRelay } from "./relay";
import { missingOfMachine } from "./requirements";
import { applyVolumes } from "./volumes";

export interface NodeOptions {
  /** Images that pods may use, beside those of the node itself. More can be imported later. */
  readonly images?: readonly Image[];
  /** How many claims can be bound in the node's life; a volume that was released is not used again. */
  readonly volumes?: number;
}

export interface Node extends Running<ClusterAccess>, KubectlTools {
  readonly client: KubernetesClient;
  /** The path of a kubeconfig for programs on this machine. */
  readonly kubeconfig: string;
  importImages(images: readonly Image[]): Promise<void>;
  /** Runs a command inside the node's namespaces: it sees the network of pods and Services, and the files of this machine. */
  run(command: string, ...args: string[]): Promise<string>;
}

async function start({ images = [], volumes = 32 }: NodeOptions): Promise<Node> {
  const folder = newFolder("node");
  const cgroup = makeCgroup(runId(), basename(folder).replace("node-", ""));
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    await stopAll(started);
    await removeCgroup(cgroup);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const inside = await startNamespaces(folder);
    started.unshift(inside);
    const relay = await startRelay(inside, folder, apiServerPort);
    started.unshift(relay);
    const [controlPlane, runtime] = await Promise.all([
      startControlPlane(inside, folder, relay.port),
      startContainerRuntime(inside, folder).then(async (containerd) => {
        await containerd.importImages([pauseImage(), corednsImage(), ...images]);
        return containerd;
      }),
    ]);
    const { client, innerKubeconfig, kubeconfig } = controlPlane;
    await Promise.all([
      controlPlane.startControllers(),
      startKubelet(inside, { folder, cgroup, kubeconfig: innerKubeconfig, client }),
      startServiceProxy(inside, innerKubeconfig),
      applyNameServer(client),
      applyVolumes(client, folder, volumes),
    ]);
    await Promise.all([startPolicyController(inside, innerKubeconfig), untilNameServerReady(client)]);
    return {
      endpoint: controlPlane.endpoint,
      credentials: controlPlane.access,
      client,
      kubeconfig,
      logs: logFolder("node"),
      ...kubectlFor(kubeconfig, folder),
      importImages: runtime.importImages,
      run: (command, ...args) => inside.run(command, args, 300),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const kubernetesPrograms = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy", "kubectl"];
const programs = [...kubernetesPrograms, "coredns", "netpol", "pause", "node-packages", "openssl"];
const server = defineServer("Node", programs, start);

export const node = shareable({ ...server, missing: () => [...server.missing(), ...missingOfMachine()] }, {});
