// What Tempo's configuration, chart values and custom resource are made of.
import type { GranaryConfig } from "../config/schema";
import type { BucketBinding } from "../storage/store";

export type TracesConfig = GranaryConfig["traces"];

export interface TempoInput {
  readonly config: TracesConfig;
  readonly tenants: GranaryConfig["tenants"];
  readonly namespace: string;
  readonly blocks: BucketBinding;
}

/** Tenant ID that Tempo uses when multi-tenancy is off; also the prefix of its blocks. */
export const singleTenant = "single-tenant";

export const isMultiTenant = (tenants: GranaryConfig["tenants"]): boolean => tenants.length > 0;

/** The chart takes a digest as a part of the tag. */
export const tagOf = ({ tag, digest }: TracesConfig["image"]): string => (digest ? `${tag}@${digest}` : tag);

/** An override of a tenant replaces Tempo's defaults as a whole: one setting makes all of them the tenant's own. */
export const hasOwnTraces = ({ traces = {} }: GranaryConfig["tenants"][number]): boolean =>
  Object.values(traces).some((value) => value !== undefined);
