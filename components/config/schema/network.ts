import { z } from "zod";
import { cidr, kubernetesName } from "../fields";

const labels = (defaults: Record<string, string>) => z.record(z.string(), z.string()).default(defaults);

const port = () => z.int().min(1).max(65535);

/** Pods that are not Granary's own but talk to what is. */
const peer = (namespace: string, name: string) => ({
  namespace: kubernetesName().default(namespace).describe("Their namespace."),
  podLabels: labels({ "app.kubernetes.io/name": name }).describe("The labels of their pods."),
});

/** What answers outside the cluster. */
const addresses = z.strictObject({
  cidrs: z.array(cidr()).min(1).describe("The networks in which it answers."),
  port: port().describe("The port on which it answers."),
});

const targetWords = "pods of the cluster, as { namespace, podLabels, port }, or addresses outside of it, as { cidrs, port }";

/** Network policies: nothing in or out of Granary's namespaces but what is used. */
export const networkSchema = z.strictObject({
  enabled: z.boolean().default(true).describe("Makes the network policies."),
  plugin: z
    .enum(["standard", "cilium"])
    .default("standard")
    .describe(
      "What enforces them. `cilium` also makes CiliumNetworkPolicies: it takes nodes, and what answers on them, out of address ranges.",
    ),
  dns: z
    .strictObject({
      namespace: kubernetesName().default("kube-system").describe("Their namespace."),
      podLabels: labels({ "k8s-app": "kube-dns" }).describe("The labels of their pods."),
      cidrs: z.array(cidr()).default([]).describe("A name server on the nodes themselves, such as NodeLocal DNSCache at 169.254.20.10/32."),
      ports: z
        .array(port())
        .min(1)
        .default([53])
        .describe("Where the name servers' pods listen, which most plugins look at: 5353 on OpenShift, 8053 on Gardener."),
    })
    .prefault({})
    .describe("The cluster's name servers."),
  apiServer: z
    .strictObject({
      cidrs: z
        .array(cidr())
        .min(1)
        .default(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"])
        .describe("The networks in which it answers."),
      ports: z.array(port()).min(1).default([443, 6443]).describe("The ports on which it answers."),
    })
    .prefault({})
    .describe("Where the API server answers, seen from a pod: behind the Service's address, so mostly the control plane's own."),
  grafana: z.strictObject(peer("monitoring", "grafana")).prefault({}).describe("Grafana, which may query."),
  prometheus: z
    .strictObject({ ...peer("monitoring", "prometheus"), port: port().default(9090).describe("The port on which it is written to.") })
    .prefault({})
    .describe("Reads metrics on all stacks; written to where a `remoteWriteUrl` is set and no `metricsTarget`."),
  metricsTarget: z
    .union(
      [
        addresses,
        z.strictObject({
          namespace: kubernetesName().describe("Its namespace."),
          podLabels: z.record(z.string(), z.string()).describe("The labels of its pods."),
          port: port().describe("The port on which its pods listen."),
        }),
      ],
      {
        error: targetWords,
      },
    )
    .optional()
    .describe(
      "Where the `remoteWriteUrl` of logs and traces leads, if not to that Prometheus: Mimir, or another service outside the cluster.",
    ),
  alertmanager: z
    .union(
      [
        addresses,
        z.strictObject({
          ...peer("monitoring", "alertmanager"),
          port: port().default(9093).describe("The port on which it takes alerts."),
        }),
      ],
      { error: targetWords },
    )
    .prefault({})
    .describe("Where `logs.ruler.alertmanagerUrl` leads."),
  queryFrom: z
    .array(kubernetesName())
    .default([])
    .describe("Further namespaces whose pods may query: Loki by its gateway and, where it keeps no tenants apart, Tempo."),
  pushFrom: z.array(kubernetesName()).default([]).describe("Namespaces whose pods may push logs to Loki's gateway themselves."),
  tracesFrom: z.array(kubernetesName()).default([]).describe("Namespaces whose pods may send spans to Alloy; all of them when empty."),
  nodes: z
    .array(cidr())
    .default([])
    .describe("Nodes' addresses, where the network plugin does not let the kubelet's probes through by itself."),
  tokenService: z
    .strictObject({ cidrs: z.array(cidr()).default([]).describe("The networks in which it answers.") })
    .prefault({})
    .describe("Where AWS' token service answers, for roles of service accounts; where S3 is when left out, as with endpoints in the VPC."),
});
