// The kubelet, which runs pods and reports the node.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesClient } from "../kubernetes-client";
import { flags } from "../kubernetes-flags";
import { tool } from "../tools/catalogue";
import { dnsService, nodeAddress, nodeName } from "./addresses";
import { runtimeSocket } from "./container-runtime";
import type { Namespaces } from "./namespaces";

const configuration = (cgroup: string, resolvConf: string) => ({
  apiVersion: "kubelet.config.k8s.io/v1beta1",
  kind: "KubeletConfiguration",
  containerRuntimeEndpoint: `unix://${runtimeSocket}`,
  // By default it refuses to start where cgroups are of version 1.
  failCgroupV1: false,
  cgroupDriver: "cgroupfs",
  cgroupRoot: `/${cgroup}`,
  failSwapOn: false,
  clusterDomain: "cluster.local",
  clusterDNS: [dnsService],
  resolvConf,
  // Only the node's own network reaches it.
  authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
  authorization: { mode: "AlwaysAllow" },
  // An image that was collected as garbage could not be pulled again.
  evictionHard: { "memory.available": "100Mi", "nodefs.available": "1%", "nodefs.inodesFree": "1%", "imagefs.available": "1%" },
  imageGCHighThresholdPercent: 100,
  imageGCLowThresholdPercent: 99,
  makeIPTablesUtilChains: false,
  syncFrequency: "10s",
  nodeStatusUpdateFrequency: "5s",
  oomScoreAdj: 0,
});

export interface KubeletPlace {
  readonly folder: string;
  readonly cgroup: string;
  readonly kubeconfig: string;
  readonly client: KubernetesClient;
}

/** Returns when the node is Ready. */
export async function startKubelet(namespaces: Namespaces, { folder, cgroup, kubeconfig, client }: KubeletPlace): Promise<void> {
  const [file, resolvConf] = [join(folder, "kubelet.json"), join(folder, "resolv.conf")];
  // Empty: nothing outside the node can be reached, so that there is no name server to ask.
  writeFileSync(resolvConf, "");
  writeFileSync(file, JSON.stringify(configuration(cgroup, resolvConf)));
  await namespaces.startDaemon("kubelet", {
    command: tool("kubelet"),
    args: flags({
      config: file,
      kubeconfig,
      "hostname-override": nodeName,
      "node-ip": nodeAddress,
      "root-dir": "/var/lib/kubelet",
      "cert-dir": "/var/lib/kubelet/pki",
    }),
    ready: () => isNodeReady(client),
  });
}

async function isNodeReady(client: KubernetesClient): Promise<boolean> {
  const node = await client.get({ apiVersion: "v1", kind: "Node", metadata: { name: nodeName } });
  const { conditions = [] } = (node?.status ?? {}) as { conditions?: { type: string; status: string }[] };
  return conditions.some(({ type, status }) => type === "Ready" && status === "True");
}
