import { z } from "zod";
import { duration, size } from "../fields";

/** Instead of the stack's own; a tenant may keep more or less, and send more or less. */
const tenantLogsSchema = z.strictObject({
  retention: duration().optional().describe("How long the tenant's lines are kept."),
  ingestionRate: size().optional().describe("Bytes a second that are taken in from all of the tenant's senders together."),
  ingestionBurst: size()
    .optional()
    .describe("Twice the tenant's own rate when left out; the stack's where the tenant has no rate of its own."),
  maxStreams: z.int().min(1).optional().describe("How many streams the tenant may have at a time."),
});

const tenantTracesSchema = z.strictObject({
  retention: duration().optional().describe("How long the tenant's traces are kept."),
  ingestionRate: size().optional().describe("Bytes a second that are taken in from all of the tenant's senders together."),
  ingestionBurst: size()
    .optional()
    .describe("In the stack's proportion to the tenant's own rate when left out; the stack's where the tenant has no rate of its own."),
  maxTraceSize: size().optional().describe("The largest trace that is kept."),
});

/** A team whose logs and traces are kept apart from the others'. */
const tenantSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$/, {
      error: "a tenant's name: lower case letters, digits and hyphens, 1 to 50 of them, no hyphen at either end",
    })
    .describe("The tenant's name: what its header, its objects' prefix and its login are called."),
  passwordHash: z
    .string()
    .min(1)
    .optional()
    .describe(
      "What the gateway lets the tenant in by: `htpasswd -nbBC 10 <tenant> <password>`, the part behind the colon. The password itself is never written here.",
    ),
  logs: tenantLogsSchema.optional().describe("Instead of the stack's limits and retention of logs."),
  traces: tenantTracesSchema.optional().describe("Instead of the stack's limits and retention of traces."),
});

export const tenantsSchema = z.array(tenantSchema);
