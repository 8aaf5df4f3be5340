import { z } from "zod";
import { duration } from "../fields";

/** A team whose logs and traces are kept apart from the others'. */
export const tenantSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$/, {
    error: "a tenant's name: lower case letters, digits and hyphens, 1 to 50 of them, no hyphen at either end",
  }),
  /** Instead of the stack's own; a tenant may keep more or less. */
  logs: z.strictObject({ retention: duration().optional() }).optional(),
  traces: z.strictObject({ retention: duration().optional() }).optional(),
});

export const tenantsSchema = z.array(tenantSchema);
