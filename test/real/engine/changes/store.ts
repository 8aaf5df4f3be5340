// Changes of what the store holds and for whom. They build on each other, in this order.
import type { Change } from "../../support/engine/changes";
import { updates } from "./updates";

const tenants = (...names: string[]) => ({ "granary:tenants": names.map((name) => ({ name })) });

const [release, collector] = ["logs-release", "collection-node-configuration"];

interface TenantsChange {
  readonly added?: string;
  readonly removed?: string;
  /** From none to some: the data sources that are there get a tenant. */
  readonly isFirst?: boolean;
}

interface StackFacts {
  /** The resource that is a purpose's bucket. */
  bucketOf(purpose: string): string;
  /** Resources that retention changes on this stack alone. */
  readonly byRetention?: readonly string[];
  /** Steps of Grafana's data sources. */
  dataSources?(change: TenantsChange): readonly string[];
}

/** The sidecar reads all of them from one ConfigMap. */
const provisioned = (): readonly string[] => updates("sight-datasources-provisioning");

/** The grafana-operator has a resource for each. */
export const ofOperator = ({ added, removed, isFirst = false }: TenantsChange): readonly string[] => {
  const both = (op: string, suffix: string) => ["loki", "tempo"].map((kind) => `${op} granary-sight-datasources-granary-${kind}${suffix}`);
  return [
    ...(added ? both("create", `-${added}`) : []),
    ...(removed ? both("delete", `-${removed}`) : []),
    ...(isFirst ? both("update", "") : []),
  ];
};

export const storeChanges = ({ bucketOf, byRetention = [], dataSources = provisioned }: StackFacts): readonly Change[] => {
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
      plan: [...dataSources({ added: "payments", isFirst: true }), ...updates(collector, blocks, chunks, "traces-release", release)],
      restarts: ["observability/loki", "observability/loki-gateway", "observability/tempo"],
    },
    {
      name: "a tenant added",
      settings: tenants("platform", "payments", "shop"),
      plan: [...dataSources({ added: "shop" }), ...updates(chunks, blocks)],
      restarts: [],
    },
    {
      name: "a tenant renamed",
      settings: tenants("platform", "payments", "store"),
      plan: [...dataSources({ added: "store", removed: "shop" }), ...updates(chunks, blocks)],
      restarts: [],
    },
    {
      name: "a tenant removed",
      settings: tenants("platform", "payments"),
      plan: [...dataSources({ removed: "store" }), ...updates(chunks, blocks)],
      restarts: [],
    },
  ];
};
