// Changes of a stack on AWS that has tenants. They build on each other, in this order.
import type { Change } from "../../support/engine/changes";
import { updates } from "./updates";

const payments = { name: "payments", logs: { retention: "90d" } };
const byTenants = updates("sight-datasources-provisioning", "store-loki-chunks-lifecycle", "store-tempo-traces-lifecycle");

export const prodChanges: readonly Change[] = [
  {
    name: "a shorter retention",
    settings: { "granary:logs": { retention: "14d" } },
    plan: updates("logs-release", "sight-dashboards-object-store", "store-loki-chunks-lifecycle"),
    restarts: ["observability/loki-backend", "observability/loki-read", "observability/loki-write"],
  },
  {
    name: "a tenant added",
    settings: { "granary:tenants": [{ name: "platform" }, payments, { name: "shop" }] },
    plan: byTenants,
    restarts: [],
  },
  {
    name: "a tenant removed",
    settings: { "granary:tenants": [{ name: "platform" }, payments] },
    plan: byTenants,
    restarts: [],
  },
];
