// A node on paper: takes every pod and reports it as running and ready, so that `up` does not wait for them. No container runs.
import type { KubernetesClient } from "../kubernetes-client";
import { podStatus } from "./paper-pod";
import { type Turns, takeTurns } from "./turns";

export interface PaperPod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly kind: string }[];
  };
  readonly spec: {
    readonly nodeName?: string;
    readonly containers: readonly { readonly name: string; readonly image: string }[];
    readonly initContainers?: readonly { readonly name: string; readonly image: string }[];
  };
  readonly status: { readonly phase: string };
}

const name = "paper";
const mergePatch = "application/merge-patch+json";
const turnMilliseconds = 300;
/** The node controller marks a node as lost after 40 seconds without a sign of life. */
const heartbeatMilliseconds = 10_000;

export async function startPaperNode(client: KubernetesClient): Promise<Turns> {
  const labels = { "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64", "kubernetes.io/hostname": name };
  await client.apply({ apiVersion: "v1", kind: "Node", metadata: { name, labels } });
  await heartbeat(client);
  let beaten = Date.now();
  return takeTurns(async () => {
    if (Date.now() - beaten > heartbeatMilliseconds) {
      await heartbeat(client);
      beaten = Date.now();
    }
    const { body } = await client.request("GET", "/api/v1/pods");
    await Promise.all((body as { items: PaperPod[] }).items.map((pod, index) => advance(client, pod, index)));
  }, turnMilliseconds);
}

async function heartbeat(client: KubernetesClient): Promise<void> {
  const now = new Date().toISOString();
  const condition = { type: "Ready", status: "True", reason: "OnPaper", lastHeartbeatTime: now, lastTransitionTime: now };
  const room = { cpu: "64", memory: "256Gi", pods: "500" };
  const status = { conditions: [condition], capacity: room, allocatable: room };
  await client.request("PATCH", `/api/v1/nodes/${name}/status`, { status }, mergePatch);
}

/** One step of a pod's life: deleted, bound, running. Answers are not looked at: what was refused comes again in the next turn. */
async function advance(client: KubernetesClient, pod: PaperPod, index: number): Promise<void> {
  const { metadata, spec, status } = pod;
  const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;
  if (metadata.deletionTimestamp) {
    // Without it a pod would stay for its whole grace period.
    await client.request("DELETE", `${path}?gracePeriodSeconds=0`);
  } else if (!spec.nodeName) {
    const target = { apiVersion: "v1", kind: "Node", name };
    const { name: pod, namespace } = metadata;
    await client.request("POST", `${path}/binding`, { apiVersion: "v1", kind: "Binding", metadata: { name: pod, namespace }, target });
  } else if (status.phase === "Pending") {
    await client.request("PATCH", `${path}/status`, { status: podStatus(pod, `10.244.0.${(index % 250) + 1}`) }, mergePatch);
  }
}
