// What users change, and what each change may touch. The cases of a stack build on each other, in this order.

import { collectionSchema } from "../../../../components/config/schema/collection";
import { lokiChart } from "../../../../components/logs/versions";
import { nextVersion } from "../../servers";
import type { Change } from "../../support/engine/changes";
import { sameCluster } from "../../support/engine/kubeconfigs";

const tenants = (...names: string[]) => ({ "granary:tenants": names.map((name) => ({ name })) });
const updates = (...names: string[]) => names.map((name) => `update granary-${name}`);

const release = "logs-release";
const dataSources = "sight-datasources-provisioning";
const collector = "collection-node-configuration";
/** Everything that names the programs of a mode. */
const sender = ["network-loki-push", "network-loki-query", "network-observability-collection-alloy", dataSources, collector, release];
const operation = ["sight-alerts-rules", "sight-dashboards-logs-operation"];

/** `bucketOf` names the resource that is a purpose's bucket; `byRetention` are resources that retention changes on this stack alone. */
export const changes = (bucketOf: (purpose: string) => string, ...byRetention: string[]): readonly Change[] => {
  const [chunks, blocks] = [bucketOf("loki-chunks"), bucketOf("tempo-traces")];
  return [
    {
      name: "a shorter retention",
      settings: { "granary:logs": { retention: "7d" } },
      plan: updates("sight-dashboards-object-store", chunks, release, ...byRetention),
      restarts: ["observability/loki"],
    },
    {
      name: "a lower limit",
      settings: { "granary:logs": { limits: { ingestionRate: "8Mi" } } },
      plan: updates(release),
      restarts: ["observability/loki"],
    },
    {
      name: "tenants turned on",
      settings: { ...tenants("platform", "payments"), "granary:logs": { gateway: { existingSecret: "loki-gateway-users" } } },
      plan: updates(dataSources, collector, blocks, chunks, "traces-release", release),
      restarts: ["observability/loki", "observability/loki-gateway", "observability/tempo"],
    },
    {
      name: "a tenant added",
      settings: tenants("platform", "payments", "shop"),
      plan: updates(dataSources, chunks, blocks),
      restarts: [],
    },
    {
      name: "a tenant renamed",
      settings: tenants("platform", "payments", "store"),
      plan: updates(dataSources, chunks, blocks),
      restarts: [],
    },
    {
      name: "a tenant removed",
      settings: tenants("platform", "payments"),
      plan: updates(dataSources, chunks, blocks),
      restarts: [],
    },
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
    {
      name: "another title of a dashboard",
      make: ({ project }) => project.edit("components/observe/dashboards/log-volume.ts", "Granary / Log volume", "Granary / Volume"),
      plan: updates("sight-dashboards-log-volume"),
      restarts: [],
    },
    { name: "another path of the kubeconfig", make: (living) => sameCluster(living), plan: [], restarts: [] },
    {
      name: "another address of the API server",
      make: (living) => sameCluster(living, (server) => server.replace("127.0.0.1", "localhost")),
      plan: [],
      restarts: [],
    },
    {
      name: "the next version of the Kubernetes provider",
      make: ({ project }) => project.upgradeProvider(),
      plan: updates("cluster"),
      restarts: [],
    },
  ];
};

const user = ["store-loki-user", "store-loki-user-keys"];
const keysOfGeneration = (generation: number) =>
  ["access-key-id", "secret-access-key"].map((part) => `granary-store-loki-${part}-${generation}`);

/** What only a stack on Rook-Ceph has. */
export const rookChanges: readonly Change[] = [
  {
    name: "a larger quota",
    settings: { "granary:storage": { quotas: { "loki-chunks": { maxSize: "800Gi" } } } },
    plan: updates("sight-alerts-rules", "sight-dashboards-object-store", "store-loki-chunks-claim"),
    restarts: [],
  },
  {
    name: "a third gateway",
    settings: { "granary:storage": { objectStore: { gateway: { instances: 3 } } } },
    plan: updates("store-object-store"),
    restarts: [],
  },
  {
    name: "another generation of Loki's keys",
    settings: { "granary:secrets": { rotation: { loki: { generation: 2 } } } },
    plan: [...keysOfGeneration(2).map((name) => `create ${name}`), ...updates("store-loki-keys", ...user, release)],
    restarts: ["observability/loki"],
  },
  {
    name: "the generation before given up",
    settings: { "granary:secrets": { rotation: { loki: { generation: 2, keepPrevious: false } } } },
    plan: [...keysOfGeneration(1).map((name) => `delete ${name}`), ...updates(...user)],
    restarts: [],
  },
];
