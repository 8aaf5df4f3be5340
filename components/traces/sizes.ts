// How much Tempo gets, by size; `resources` and `disk` in the configuration override it.
import { kubernetesQuantity } from "../config/units";
import type { TracesConfig } from "./input";

const presets = {
  homelab: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "1", memory: "1Gi" }, disk: "10Gi" },
  production: { requests: { cpu: "1", memory: "4Gi" }, limits: { memory: "4Gi" }, disk: "20Gi" },
} as const;

/** The operator's own sum for all its components. */
const totals = {
  homelab: { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "2", memory: "2Gi" } },
  production: { requests: { cpu: "4", memory: "12Gi" }, limits: { memory: "12Gi" } },
} as const;

type Bounds = Readonly<Record<string, string>>;
type Override = NonNullable<TracesConfig["resources"]>;

function bounds(base: Bounds, own: Override["requests"]): Bounds {
  return { ...base, ...(own?.cpu ? { cpu: own.cpu } : {}), ...(own?.memory ? { memory: kubernetesQuantity(own.memory) } : {}) };
}

export interface Resources {
  readonly requests: Bounds;
  readonly limits: Bounds;
}

export function tempoResources(config: TracesConfig): Resources {
  const { requests, limits } = presets[config.size];
  return { requests: bounds(requests, config.resources?.requests), limits: bounds(limits, config.resources?.limits) };
}

export function stackResources(config: TracesConfig): Resources {
  const { requests, limits } = totals[config.size];
  const own = config.operator.totalResources;
  return { requests: bounds(requests, own?.requests), limits: bounds(limits, own?.limits) };
}

export const walDisk = (config: TracesConfig): string => (config.disk ? kubernetesQuantity(config.disk) : presets[config.size].disk);
