// What users change, and what each change may touch. The cases build on each other, in this order.
import { readFileSync, writeFileSync } from "node:fs";
import { collectionSchema } from "../../../../components/config/schema/collection";
import { lokiChart } from "../../../../components/logs/versions";
import { nextVersion } from "../../servers";
import type { Change } from "../../support/engine/changes";
import type { LivingStack } from "../../support/engine/living-stack";

const loki = "observability/loki";
const tenants = (...names: string[]) => ({ "granary:tenants": names.map((name) => ({ name })) });

/** The same cluster by another file, and by another address where `address` makes one of its own. */
function kubeconfig({ cluster, project }: LivingStack, address: (server: string) => string = (server) => server): void {
  const path = `${cluster.kubeconfig}-${Math.random().toString(36).slice(2, 8)}`;
  const text = readFileSync(cluster.kubeconfig, "utf8").replaceAll(cluster.endpoint, address(cluster.endpoint));
  writeFileSync(path, text, { mode: 0o600 });
  project.environment = { ...project.environment, KUBECONFIG: path };
}

export const common: readonly Change[] = [
  { name: "retention", settings: { "granary:logs": { retention: "7d" } }, plan: [], restarts: [loki] },
  { name: "limits", settings: { "granary:logs": { limits: { ingestionRate: "8Mi" } } }, plan: [], restarts: [loki] },
  {
    name: "tenants turned on",
    settings: { ...tenants("platform", "payments"), "granary:logs": { gateway: { existingSecret: "loki-gateway-users" } } },
    plan: [],
    restarts: [],
  },
  { name: "a tenant added", settings: tenants("platform", "payments", "shop"), plan: [], restarts: [] },
  { name: "a tenant renamed", settings: tenants("platform", "payments", "store"), plan: [], restarts: [] },
  { name: "a tenant removed", settings: tenants("platform", "payments"), plan: [], restarts: [] },
  { name: "mode simple-scalable", settings: { "granary:logs": { mode: "simple-scalable" } }, plan: [], restarts: [] },
  { name: "mode distributed", settings: { "granary:logs": { mode: "distributed" } }, plan: [], restarts: [] },
  { name: "mode monolithic", settings: { "granary:logs": { mode: "monolithic" } }, plan: [], restarts: [] },
  {
    name: "another version of Loki's chart",
    make: ({ project }) => project.edit("components/logs/versions.ts", lokiChart.version, nextVersion(lokiChart.version)),
    plan: [],
    restarts: [],
  },
  {
    name: "another version of Alloy's chart",
    settings: { "granary:collection": { chartVersion: nextVersion(collectionSchema.parse({}).chartVersion) } },
    plan: [],
    restarts: [],
  },
  {
    name: "a dashboard",
    make: ({ project }) => project.edit("components/observe/dashboards/log-volume.ts", "Log volume", "Volume of logs"),
    plan: [],
    restarts: [],
  },
  { name: "another path of the kubeconfig", make: (living) => kubeconfig(living), plan: [], restarts: [] },
  {
    name: "another address of the API server",
    make: (living) => kubeconfig(living, (server) => server.replace("127.0.0.1", "localhost")),
    plan: [],
    restarts: [],
  },
];
