// What Loki asks of the store: two buckets, and no more rights than it uses.
import type { GranaryConfig } from "../config/schema";
import { type Duration, parseSize, type Size } from "../config/units";
import type { BucketSpec, Workload } from "../storage/store";
import { longestRetention } from "./config/limits";
import { keptAtMost } from "./derived";
import { tenantNames } from "./input";
import { type LogsConfig, sizing } from "./sizes";
import { release } from "./versions";

type Tenants = GranaryConfig["tenants"];

export const lokiWorkload = (namespace: string): Workload => ({ name: "loki", namespace, serviceAccounts: [release] });

/** Time for the compactor to come round, mark, wait and delete, twice over, before the store itself may expire an object. */
const grace: Duration = { seconds: 2 * 86400 };

/** How long the store must keep a tenant's objects: longer than Loki does, so that Loki always deletes first. */
function keepFor(config: LogsConfig, own: Duration | undefined): Duration {
  const { seconds } = keptAtMost(own ?? config.retention, config);
  return { seconds: seconds + config.compactor.deleteDelay.seconds + grace.seconds };
}

/** What Loki's one volume has where the store is a disk: chunks, index and rules, beside the write-ahead log. */
const volume = (config: LogsConfig): Size => parseSize(sizing(config, "monolithic").disk ?? "10Gi") ?? { bytes: 10 * 2 ** 30 };

export interface LokiBuckets {
  readonly chunks: BucketSpec;
  readonly ruler: BucketSpec;
}

export function lokiBuckets(config: LogsConfig, tenants: Tenants, namespace: string): LokiBuckets {
  const workload = lokiWorkload(namespace);
  const grants = [{ workload, actions: ["read", "write", "delete", "list"], prefix: "" }] as const;
  const byName = new Map(tenants.map((tenant) => [tenant.name, tenant.logs?.retention]));
  return {
    chunks: {
      purpose: "loki-chunks",
      workload,
      grants,
      // By tenant only: index, delete requests and the cluster's seed lie beside them and must stay.
      expiries: tenantNames(tenants).map((name) => ({ prefix: `${name}/`, keepFor: keepFor(config, byName.get(name)) })),
      queryableFor: longestRetention({ config, tenants }),
      versioning: true,
      protect: true,
      diskSize: volume(config),
    },
    ruler: {
      purpose: "loki-ruler",
      workload,
      grants,
      expiries: [],
      versioning: true,
      protect: true,
      diskSize: volume(config),
      onDiskOf: "loki-chunks",
    },
  };
}
