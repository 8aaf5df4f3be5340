// A default StorageClass and its volumes: folders of the node, made beforehand, as `local` volumes, where the kubelet heeds fsGroup (on hostPath it doesn't).
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesClient, KubernetesObject } from "../kubernetes-client";
import { nodeName } from "./addresses";

export const storageClassName = "node";

const storageClass: KubernetesObject = {
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name: storageClassName, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
  provisioner: "kubernetes.io/no-provisioner",
  volumeBindingMode: "WaitForFirstConsumer",
};

const onThisNode = {
  required: {
    nodeSelectorTerms: [{ matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: [nodeName] }] }],
  },
};

const volume = (number: number): KubernetesObject => ({
  apiVersion: "v1",
  kind: "PersistentVolume",
  metadata: { name: `node-${number}` },
  spec: {
    storageClassName,
    capacity: { storage: "100Gi" },
    accessModes: ["ReadWriteOnce"],
    persistentVolumeReclaimPolicy: "Retain",
    local: { path: `/var/lib/volumes/${number}` },
    nodeAffinity: onThisNode,
  },
});

export async function applyVolumes(client: KubernetesClient, folder: string, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  for (const number of numbers) mkdirSync(join(folder, "lib", "volumes", String(number)), { recursive: true });
  await client.apply(storageClass);
  await Promise.all(numbers.map((number) => client.apply(volume(number))));
}
