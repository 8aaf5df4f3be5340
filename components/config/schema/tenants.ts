import { z } from "zod";
import { duration, size } from "../fields";

/** Instead of the stack's own; a tenant may keep more or less, and send more or less. */
const tenantLogsSchema = z.strictObject({
  retention: duration().optional(),
  /** Bytes a second that are taken in from all of the tenant's senders together. */
  ingestionRate: size().optional(),
  /** Twice the tenant's own rate when left out; the stack's where the tenant has no rate of its own. */
  ingestionBurst: size().optional(),
  maxStreams: z.int().min(1).optional(),
});

const tenantTracesSchema = z.strictObject({
  retention: duration().optional(),
  ingestionRate: size().optional(),
  /** In the stack's proportion to the tenant's own rate when left out; the stack's where the tenant has no rate of its own. */
  ingestionBurst: size().optional(),
  maxTraceSize: size().optional(),
});

/** A team whose logs and traces are kept apart from the others'. */
export const tenantSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$/, {
    error: "a tenant's name: lower case letters, digits and hyphens, 1 to 50 of them, no hyphen at either end",
  }),
  /** What the gateway lets the tenant in by: `htpasswd -nbBC 10 <tenant> <password>`, the part behind the colon. The password itself is never written here. */
  passwordHash: z.string().min(1).optional(),
  logs: tenantLogsSchema.optional(),
  traces: tenantTracesSchema.optional(),
});

export const tenantsSchema = z.array(tenantSchema);
