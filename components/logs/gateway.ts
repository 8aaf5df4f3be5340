// Whom the gateway lets in.
import type { GranaryConfig } from "../config/schema";
import type { LogsConfig } from "./sizes";
import { release } from "./versions";

interface Door {
  readonly config: LogsConfig;
  readonly tenants: GranaryConfig["tenants"];
}

export const isPasswordHash = (text: string): boolean => /^\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}$/.test(text);

/** The Secret that holds `.htpasswd`: the user's own, or one made of the tenants' hashes, or none. */
export function gatewaySecret({ config, tenants }: Door): string | undefined {
  if (config.gateway.existingSecret) return config.gateway.existingSecret;
  return tenants.some(({ passwordHash }) => passwordHash !== undefined) ? `${release}-gateway-users` : undefined;
}

/** The same hashes give the same lines: nothing is salted anew. */
export function htpasswd({ config, tenants }: Door): string | undefined {
  if (!config.gateway.enabled || config.gateway.existingSecret) return undefined;
  const lines = tenants.flatMap(({ name, passwordHash }) => (passwordHash ? [`${name}:${passwordHash}\n`] : []));
  return lines.length > 0 ? lines.sort().join("") : undefined;
}
