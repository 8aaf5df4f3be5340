// Changes of the programs and of the way to the cluster, which every store takes alike. They build on each other, in this order.
import { collectionSchema } from "../../../../components/config/schema/collection";
import { lokiChart } from "../../../../components/logs/versions";
import { nextVersion } from "../../servers";
import type { Change } from "../../support/engine/changes";
import { sameCluster } from "../../support/engine/kubeconfigs";
import { updates } from "./updates";

const release = "logs-release";
/** Everything that names the programs of a mode. */
const sender = [
  "network-loki-push",
  "network-loki-query",
  "network-observability-collection-alloy",
  "sight-datasources-provisioning",
  "collection-node-configuration",
  release,
];
const operation = ["sight-alerts-rules", "sight-dashboards-logs-operation"];

export const programChanges: readonly Change[] = [
  {
    name: "mode simple-scalable",
    settings: { "granary:logs": { mode: "simple-scalable" } },
    plan: updates(...sender, ...operation),
    restarts: ["observability/loki-gateway"],
  },
  {
    name: "mode distributed",
    settings: { "granary:logs": { mode: "distributed" } },
    plan: updates(...sender),
    restarts: ["observability/loki-gateway"],
  },
  {
    name: "back to mode monolithic",
    settings: { "granary:logs": { mode: "monolithic" } },
    plan: updates(...sender, ...operation),
    restarts: ["observability/loki-gateway"],
  },
  {
    name: "another version of Loki's chart",
    make: ({ project }) => project.edit("components/logs/versions.ts", lokiChart.version, nextVersion(lokiChart.version)),
    plan: updates(release),
    // The chart puts its version on the pods.
    restarts: ["observability/loki"],
  },
  {
    name: "another version of Alloy's chart",
    settings: { "granary:collection": { chartVersion: nextVersion(collectionSchema.shape.chartVersion.parse(undefined)) } },
    plan: updates("collection-node"),
    restarts: [],
  },
  { name: "another path of the kubeconfig", make: (living) => sameCluster(living), plan: [], restarts: [] },
  {
    name: "another address of the API server",
    make: (living) => sameCluster(living, (server) => server.replace("127.0.0.1", "localhost")),
    plan: [],
    restarts: [],
  },
  // Written by the new address: a cluster that it does not reach would look unchanged until here.
  {
    name: "another title of a dashboard",
    make: ({ project }) => project.edit("components/observe/dashboards/log-volume.ts", "Granary / Log volume", "Granary / Volume"),
    plan: updates("sight-dashboards-log-volume"),
    restarts: [],
  },
  {
    name: "the next version of the Kubernetes provider",
    make: ({ project }) => project.upgradeProvider(),
    plan: updates("cluster"),
    restarts: [],
  },
];
