import { z } from "zod";
import { cidr, kubernetesName } from "../fields";

const labels = (defaults: Record<string, string>) => z.record(z.string(), z.string()).default(defaults);

const port = () => z.int().min(1).max(65535);

/** Pods that are not Granary's own but talk to what is. */
const peer = (namespace: string, name: string) => ({
  namespace: kubernetesName().default(namespace),
  podLabels: labels({ "app.kubernetes.io/name": name }),
});

/** What answers outside the cluster. */
const addresses = z.strictObject({ cidrs: z.array(cidr()).min(1), port: port() });

const targetWords = "pods of the cluster, as { namespace, podLabels, port }, or addresses outside of it, as { cidrs, port }";

/** Network policies: nothing in or out of Granary's namespaces but what is used. */
export const networkSchema = z.strictObject({
  enabled: z.boolean().default(true),
  /** What enforces them. `cilium` also makes CiliumNetworkPolicies: it takes nodes, and what answers on them, out of address ranges. */
  plugin: z.enum(["standard", "cilium"]).default("standard"),
  /** The cluster's name servers. */
  dns: z
    .strictObject({
      namespace: kubernetesName().default("kube-system"),
      podLabels: labels({ "k8s-app": "kube-dns" }),
      /** A name server on the nodes themselves, such as NodeLocal DNSCache at 169.254.20.10/32. */
      cidrs: z.array(cidr()).default([]),
      /** Where the name servers' pods listen, which most plugins look at: 5353 on OpenShift, 8053 on Gardener. */
      ports: z.array(port()).min(1).default([53]),
    })
    .prefault({}),
  /** Where the API server answers, seen from a pod: behind the Service's address, so mostly the control plane's own. */
  apiServer: z
    .strictObject({
      cidrs: z.array(cidr()).min(1).default(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]),
      ports: z.array(port()).min(1).default([443, 6443]),
    })
    .prefault({}),
  grafana: z.strictObject(peer("monitoring", "grafana")).prefault({}),
  /** Reads metrics on all stacks; written to where a `remoteWriteUrl` is set and no `metricsTarget`. */
  prometheus: z.strictObject({ ...peer("monitoring", "prometheus"), port: port().default(9090) }).prefault({}),
  /** Where the `remoteWriteUrl` of logs and traces leads, if not to that Prometheus: Mimir, or another service outside the cluster. */
  metricsTarget: z
    .union([addresses, z.strictObject({ namespace: kubernetesName(), podLabels: z.record(z.string(), z.string()), port: port() })], {
      error: targetWords,
    })
    .optional(),
  /** Where `logs.ruler.alertmanagerUrl` leads. */
  alertmanager: z
    .union([addresses, z.strictObject({ ...peer("monitoring", "alertmanager"), port: port().default(9093) })], { error: targetWords })
    .prefault({}),
  /** Further namespaces whose pods may query: Loki by its gateway and, where it keeps no tenants apart, Tempo. */
  queryFrom: z.array(kubernetesName()).default([]),
  /** Namespaces whose pods may push logs to Loki's gateway themselves. */
  pushFrom: z.array(kubernetesName()).default([]),
  /** Namespaces whose pods may send spans to Alloy; all of them when empty. */
  tracesFrom: z.array(kubernetesName()).default([]),
  /** Nodes' addresses, where the network plugin does not let the kubelet's probes through by itself. */
  nodes: z.array(cidr()).default([]),
  /** Where AWS' token service answers, for roles of service accounts; where S3 is when left out, as with endpoints in the VPC. */
  tokenService: z.strictObject({ cidrs: z.array(cidr()).default([]) }).prefault({}),
});
