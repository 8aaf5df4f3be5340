// The door for those outside the namespace: nginx, which knows every tenant by name and password.
import { gatewaySecret } from "../gateway";
import { isMultiTenant, type LokiInput } from "../input";
import { sizing } from "../sizes";
import type { Values } from "../values";
import { placement } from "./spread";

/**
 * What tenants come for. The chart's nginx also hands on what Loki answers to anybody, such as shutting an ingester down, flushing it, or its
 * configuration. Check both: nginx routes by the normalized `$uri` but proxies the raw `$request_uri`.
 */
const tenantsPaths = "^/(?:$|[?]|api/prom/|loki/api/v1/|otlp/v1/logs|prometheus/api/v1/)";
const refuseOthers = ["$uri", "$request_uri"].map((path) => `if (${path} !~ "${tenantsPaths}") { return 403; }\n`).join("");

export function gatewayValues({ config, tenants, spread }: LokiInput): Values {
  const { gateway } = config;
  if (!gateway.enabled) return { gateway: { enabled: false } };
  const { replicas, resources } = sizing(config, "gateway");
  const users = gatewaySecret({ config, tenants });
  return {
    gateway: {
      enabled: true,
      replicas,
      resources,
      verboseLogging: false,
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      ...placement("gateway", replicas, spread),
      ...(users ? { basicAuth: { enabled: true, existingSecret: users } } : {}),
      // Whoever has come in by password is that tenant and no other, whatever header was sent.
      nginxConfig: {
        locationSnippet: users && isMultiTenant(tenants) ? "proxy_set_header X-Scope-OrgID $remote_user;" : "",
        serverSnippet: refuseOthers,
      },
      metrics: { enabled: false },
    },
  };
}
