// Who gets what: each tenant has a pipeline of its own, from the first component to the last. One that is over its limits waits, and with it
// waits whatever comes before; what they share would wait for all.
import type { GranaryConfig } from "../config/schema";
import type { LogsEndpoint } from "../logs/endpoint";
import type { TracesEndpoint } from "../traces/endpoint";
import { block } from "./alloy/components";
import type { Block } from "./alloy/syntax";
import { otherStreams, streamSelector } from "./logql";

/** One tenant's part of what is collected. */
export interface Share {
  /** Ends the names of sources. The stack's own tenant has none: its sources, and so their positions, are those of a stack without tenants. */
  readonly suffix: string;
  /** Ends the names of components that hold lines or spans. No tenant inherits them from another, nor from the time before there were tenants. */
  readonly sink: string;
  /** Also sent while Loki and Tempo ignore it: they accept what arrives between their switch to multi-tenancy and Alloy's new configuration. */
  readonly tenant: string;
  /** The stack's own tenant takes all that nobody else names, and what belongs to no namespace. */
  readonly from: { readonly only: readonly string[] } | { readonly allBut: readonly string[] };
}

type Endpoint = Pick<LogsEndpoint | TracesEndpoint, "tenant" | "multiTenant">;

/** The stack's own tenant first, then the others by name. */
export function sharesOf(
  tenants: GranaryConfig["collection"]["tenants"],
  { tenant: own, multiTenant }: Endpoint,
): readonly [Share, ...Share[]] {
  if (!multiTenant) return [{ suffix: "", sink: "", tenant: own, from: { allBut: [] } }];
  const others = Object.entries(tenants)
    .filter(([tenant]) => tenant !== own)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    { suffix: "", sink: suffixOf(own), tenant: own, from: { allBut: others.flatMap(([, namespaces]) => namespaces) } },
    ...others.map(([tenant, only]): Share => ({ suffix: suffixOf(tenant), sink: suffixOf(tenant), tenant, from: { only } })),
  ];
}

/** A tenant's name holds letters, digits and hyphens; Alloy's identifiers know underscores instead of hyphens, so no two become one. */
const suffixOf = (tenant: string): string => `_${tenant.replaceAll("-", "_")}`;

/**
 * Drops lines of other tenants' namespaces. When namespaces change hands, a source can still hold lines that it read before; their new tenant's source
 * reads them again.
 */
export function dropForeign(from: Share["from"]): Block[] {
  const selector = "only" in from ? otherStreams("namespace", from.only) : streamSelector({ namespace: from.allBut });
  return selector ? [block("stage.match", { selector, action: "drop", drop_counter_reason: "another_tenant" })] : [];
}
