// The door for those outside the namespace: nginx, which knows every tenant by name and password.
import { gatewaySecret } from "../gateway";
import { isMultiTenant, type LokiInput } from "../input";
import { sizing } from "../sizes";
import type { Values } from "../values";
import { spread } from "./spread";

export function gatewayValues({ config, tenants }: LokiInput): Values {
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
      ...(replicas > 1 ? spread("gateway") : {}),
      ...(users ? { basicAuth: { enabled: true, existingSecret: users } } : {}),
      // Whoever has come in by password is that tenant and no other, whatever header was sent.
      nginxConfig: { locationSnippet: users && isMultiTenant(tenants) ? "proxy_set_header X-Scope-OrgID $remote_user;" : "" },
      metrics: { enabled: false },
    },
  };
}
