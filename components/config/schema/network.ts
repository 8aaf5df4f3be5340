import { z } from "zod";
import { cidr, kubernetesName } from "../fields";

const labels = (defaults: Record<string, string>) => z.record(z.string(), z.string()).default(defaults);

/** Pods that are not Granary's own but talk to what is. */
const peer = (namespace: string, podLabels: Record<string, string>) =>
  z.strictObject({ namespace: kubernetesName().default(namespace), podLabels: labels(podLabels) }).prefault({});

/** Network policies: nothing in or out of Granary's namespaces but what is used. */
export const networkSchema = z.strictObject({
  enabled: z.boolean().default(true),
  /** The cluster's name servers. */
  dns: z
    .strictObject({
      namespace: kubernetesName().default("kube-system"),
      podLabels: labels({ "k8s-app": "kube-dns" }),
      /** A name server on the nodes themselves, such as NodeLocal DNSCache at 169.254.20.10/32. */
      cidrs: z.array(cidr()).default([]),
    })
    .prefault({}),
  /** Where the API server answers, seen from a pod: behind the Service's address, so mostly the control plane's own. */
  apiServer: z
    .strictObject({
      cidrs: z.array(cidr()).min(1).default(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]),
      ports: z.array(z.int().min(1).max(65535)).min(1).default([443, 6443]),
    })
    .prefault({}),
  grafana: peer("monitoring", { "app.kubernetes.io/name": "grafana" }),
  prometheus: peer("monitoring", { "app.kubernetes.io/name": "prometheus" }),
  alertmanager: peer("monitoring", { "app.kubernetes.io/name": "alertmanager" }),
  /** Further namespaces whose pods may query Loki and Tempo. */
  queryFrom: z.array(kubernetesName()).default([]),
  /** Namespaces whose pods may push logs to Loki themselves. */
  pushFrom: z.array(kubernetesName()).default([]),
  /** Namespaces whose pods may send spans to Alloy; all of them when empty. */
  tracesFrom: z.array(kubernetesName()).default([]),
  /** Nodes' addresses, where the network plugin does not let the kubelet's probes through by itself. */
  nodes: z.array(cidr()).default([]),
  /** Where AWS' token service answers, for workloads with an IAM role of their service account. */
  tokenService: z.strictObject({ cidrs: z.array(cidr()).default([]) }).prefault({}),
});
