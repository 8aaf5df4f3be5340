// What Tempo asks of the store: one bucket, and no more rights than it uses.
import type { GranaryConfig } from "../config/schema";
import type { Duration } from "../config/units";
import type { BucketSpec, Workload } from "../storage/store";
import { isMultiTenant, singleTenant, type TracesConfig } from "./input";
import { release, stack } from "./versions";

type Tenants = GranaryConfig["tenants"];

export const tempoWorkload = (config: Pick<TracesConfig, "kind">, namespace: string): Workload =>
  config.kind === "tempostack"
    ? { name: "tempo", namespace, serviceAccounts: [`tempo-${stack}`], secretShape: "tempo-operator" }
    : { name: "tempo", namespace, serviceAccounts: [release] };

/** Time for the compactor to come round before the store itself may expire a block. */
const grace: Duration = { seconds: 2 * 86400 };

export function tempoBucket(config: TracesConfig, tenants: Tenants, namespace: string): BucketSpec {
  const workload = tempoWorkload(config, namespace);
  const retentions = isMultiTenant(tenants)
    ? tenants.map(({ name, traces }) => [name, traces?.retention ?? config.retention] as const)
    : [[singleTenant, config.retention] as const];
  const kept = ({ seconds }: Duration): Duration => ({ seconds: seconds + config.blocks.compactedRetention.seconds + grace.seconds });
  const longest = Math.max(...retentions.map(([, { seconds }]) => seconds));
  return {
    purpose: "tempo-traces",
    workload,
    grants: [{ workload, actions: ["read", "write", "delete", "list", "tag"], prefix: "" }],
    // By tenant only: the cluster's seed lies beside them and must stay.
    expiries: retentions.map(([name, retention]) => ({ prefix: `${name}/`, keepFor: kept(retention) })),
    queryableFor: { seconds: longest },
    versioning: true,
    protect: true,
    diskSize: config.disk ?? { bytes: 10 * 2 ** 30 },
  };
}
