// How much Alloy gets, by size; `resources` in the configuration overrides any of it.
import type { GranaryConfig } from "../config/schema";
import { kubernetesQuantity } from "../config/units";

type Collection = GranaryConfig["collection"];

const presets = {
  homelab: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "512Mi" } },
  // Spans wait in memory, and each tenant's apart: so it may take more than it asks for.
  production: { requests: { cpu: "500m", memory: "512Mi" }, limits: { memory: "1Gi" } },
} as const;

export function alloyResources({ size, resources }: Collection) {
  const side = (name: "requests" | "limits") => {
    const own = resources?.[name];
    return {
      ...presets[size][name],
      ...(own?.cpu ? { cpu: own.cpu } : {}),
      ...(own?.memory ? { memory: kubernetesQuantity(own.memory) } : {}),
    };
  };
  return { requests: side("requests"), limits: side("limits") };
}
