// Who gets what: each tenant has a pipeline of its own, from the first component to the last. One that is over its limits waits, and with it
// waits whatever comes before; what they share would wait for all.
import type { GranaryConfig } from "../config/schema";
import type { LogsEndpoint } from "../logs/endpoint";
import type { TracesEndpoint } from "../traces/endpoint";

/** One tenant's part of what is collected. */
export interface Share {
  /** Ends the names of the tenant's components. The stack's own tenant has none: its names, and so its positions, are those of a stack without tenants. */
  readonly suffix: string;
  /** Undefined where Loki and Tempo keep no tenants apart. */
  readonly tenant: string | undefined;
  /** The stack's own tenant takes all that nobody else names, and what belongs to no namespace. */
  readonly from: { readonly only: readonly string[] } | { readonly allBut: readonly string[] };
}

type Endpoint = Pick<LogsEndpoint | TracesEndpoint, "tenant" | "multiTenant">;

/** The stack's own tenant first, then the others by name. */
export function sharesOf(
  tenants: GranaryConfig["collection"]["tenants"],
  { tenant: own, multiTenant }: Endpoint,
): readonly [Share, ...Share[]] {
  if (!multiTenant) return [{ suffix: "", tenant: undefined, from: { allBut: [] } }];
  const others = Object.entries(tenants)
    .filter(([tenant]) => tenant !== own)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    { suffix: "", tenant: own, from: { allBut: others.flatMap(([, namespaces]) => namespaces) } },
    ...others.map(([tenant, namespaces]): Share => ({ suffix: suffixOf(tenant), tenant, from: { only: namespaces } })),
  ];
}

/** A tenant's name holds letters, digits and hyphens; Alloy's identifiers know underscores instead of hyphens, so no two become one. */
const suffixOf = (tenant: string): string => `_${tenant.replaceAll("-", "_")}`;
