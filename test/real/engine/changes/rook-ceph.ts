// Changes that only a stack on Rook-Ceph has. They build on each other, in this order.
import type { Change } from "../../support/engine/changes";
import { updates } from "./updates";

const user = ["store-loki-user", "store-loki-user-keys"];
const keysOfGeneration = (generation: number) =>
  ["access-key-id", "secret-access-key"].map((part) => `granary-store-loki-${part}-${generation}`);

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
    plan: [...keysOfGeneration(2).map((name) => `create ${name}`), ...updates("store-loki-keys", ...user, "logs-release")],
    restarts: ["observability/loki"],
  },
  {
    name: "the generation before given up",
    settings: { "granary:secrets": { rotation: { loki: { generation: 2, keepPrevious: false } } } },
    plan: [...keysOfGeneration(1).map((name) => `delete ${name}`), ...updates(...user)],
    restarts: [],
  },
];
