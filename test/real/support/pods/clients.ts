// Pods that stand where Alloy, Grafana, Prometheus and an application stand, by namespace and labels, and one that no policy names.
import type { Cluster } from "../../servers";
import { createNamespace, type ProbePod, probePod } from "../probe-pod";

const named = (namespace: string, name: string): ProbePod => ({ namespace, name, labels: { "app.kubernetes.io/name": name } });

export const clients = {
  alloy: named("observability-collection", "alloy"),
  grafana: named("monitoring", "grafana"),
  prometheus: named("monitoring", "prometheus"),
  /** Where `network.pushFrom` names its namespace. */
  shop: { namespace: "shop", name: "shop" },
  stranger: { namespace: "default", name: "stranger" },
} satisfies Record<string, ProbePod>;

export async function startClients(cluster: Cluster): Promise<void> {
  for (const { namespace } of [clients.grafana, clients.shop]) await createNamespace(cluster, namespace);
  for (const client of Object.values(clients)) {
    await cluster.client.apply(probePod(client));
    await cluster.kubectl("-n", client.namespace, "wait", "--for=condition=Ready", `pod/${client.name}`, "--timeout=60s");
  }
}
