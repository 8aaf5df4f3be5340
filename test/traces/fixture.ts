import { tenantsSchema } from "../../components/config/schema/tenants";
import { tracesSchema } from "../../components/config/schema/traces";
import type { TempoInput } from "../../components/traces/input";
import { cephBinding } from "../logs/fixture";

export const tempoInput = (
  config: unknown = {},
  tenants: unknown = [],
  blocks: TempoInput["blocks"] = cephBinding("granary-tempo-traces"),
): TempoInput => ({
  config: tracesSchema.parse(config),
  tenants: tenantsSchema.parse(tenants),
  namespace: "observability",
  blocks,
});
