// The chart's values. Every key here exists in the chart's own values, which a test holds.
import { mergeOver } from "../text/merge";
import { lokiConfig } from "./config";
import { runtimeConfig } from "./config/limits";
import type { LokiInput } from "./input";
import { schemaConfig } from "./periods";
import { cacheValues } from "./values/caches";
import { componentValues } from "./values/components";
import { gatewayValues } from "./values/gateway";
import { identityValues, storeValues } from "./values/store";
import { release } from "./versions";

/** Values may hold what is known only later, such as a role's name; never a key. */
export type Values = Record<string, unknown>;

const deploymentModes = { monolithic: "Monolithic", "simple-scalable": "SimpleScalable", distributed: "Distributed" } as const;

function image({ registry, repository, tag, digest }: LokiInput["config"]["image"]): Values {
  return { registry, repository, tag, ...(digest ? { digest } : {}) };
}

export function lokiValues(input: LokiInput): Values {
  const { config, chunks } = input;
  const values: Values = {
    deploymentMode: deploymentModes[config.mode],
    fullnameOverride: release,
    loki: {
      config: lokiConfig(input),
      image: image(config.image),
      // The chart insists on a schema of its own, though the one in `config` is what counts. It is the same one.
      schemaConfig: schemaConfig(config.schema, chunks),
      runtimeConfig: runtimeConfig(input),
      storage: { type: chunks.kind === "object" ? "s3" : "filesystem" },
      ...storeValues(input),
    },
    // Loki asks nothing of the API server, so its pods get no token for it; rules come from the bucket, not from a sidecar that reads every Secret.
    rbac: { namespaced: true },
    sidecar: { rules: { enabled: false } },
    // The canary and its test write to a tenant of their own; `observe` watches the same path by metrics.
    lokiCanary: { enabled: false },
    test: { enabled: false },
    ...identityValues(input),
    ...componentValues(input),
    ...gatewayValues(input),
    ...cacheValues(config),
  };
  return mergeOver(values, config.extraValues);
}
