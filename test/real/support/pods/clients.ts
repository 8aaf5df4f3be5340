// Pods that stand where Alloy, Grafana and Prometheus stand, by namespace and labels, and one that no policy names.
import type { Cluster } from "../../servers";
import { createNamespace, type ProbePod, startProbePod } from "../probe-pod";

const named = (namespace: string, name: string): ProbePod => ({ namespace, name, labels: { "app.kubernetes.io/name": name } });

export const clients = {
  alloy: named("observability-collection", "alloy"),
  grafana: named("monitoring", "grafana"),
  prometheus: named("monitoring", "prometheus"),
  stranger: { namespace: "default", name: "stranger" },
} satisfies Record<string, ProbePod>;

export async function startClients(cluster: Cluster): Promise<void> {
  await createNamespace(cluster, clients.grafana.namespace);
  for (const client of Object.values(clients)) await startProbePod(cluster, client);
}
