import { readFileSync, writeFileSync } from "node:fs";
import type { LivingStack } from "./living-stack";

interface Kubeconfig {
  readonly clusters: readonly { readonly name: string; readonly cluster: { readonly server: string } }[];
}

let files = 0;

/** The same cluster by another kubeconfig, and by another address where `address` gives one. */
export function sameCluster({ cluster, project }: LivingStack, address: (server: string) => string = (server) => server): void {
  const path = `${cluster.kubeconfig}-${++files}`;
  const kubeconfig = JSON.parse(readFileSync(cluster.kubeconfig, "utf8")) as Kubeconfig;
  const clusters = kubeconfig.clusters.map((entry) => {
    const server = address(entry.cluster.server);
    // The API server's own certificate names 127.0.0.1 and no other address.
    return { ...entry, cluster: { ...entry.cluster, server, "tls-server-name": "kubernetes" } };
  });
  writeFileSync(path, JSON.stringify({ ...kubeconfig, clusters }), { mode: 0o600 });
  project.environment = { ...project.environment, KUBECONFIG: path };
}
