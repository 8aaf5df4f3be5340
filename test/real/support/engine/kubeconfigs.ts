import { readFileSync, writeFileSync } from "node:fs";
import type { LivingStack } from "./living-stack";

let files = 0;

/** The same cluster by another kubeconfig, and by another address where `address` gives one. */
export function sameCluster({ cluster, project }: LivingStack, address: (server: string) => string = (server) => server): void {
  const path = `${cluster.kubeconfig}-${++files}`;
  const text = readFileSync(cluster.kubeconfig, "utf8").replaceAll(cluster.endpoint, address(cluster.endpoint));
  writeFileSync(path, text, { mode: 0o600 });
  project.environment = { ...project.environment, KUBECONFIG: path };
}
