// A workload of somebody's that is as it should be, to be changed in one place.
import type { Properties } from "../../../preview/wire/values";
import { types } from "./types";

export const safeContainer: Properties = {
  name: "main",
  image: "docker.io/grafana/loki:3.7.8",
  securityContext: {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  },
};
export const deployment = (pod: Properties) => ({
  type: types.deployment,
  name: "somebody",
  inputs: {
    metadata: { name: "somebody", namespace: "observability" },
    spec: { template: { spec: { containers: [safeContainer], ...pod } } },
  },
});
