// What Loki's configuration and chart values are made of.
import type { GranaryConfig } from "../config/schema";
import type { BucketBinding } from "../storage/store";
import type { LogsConfig } from "./sizes";

export interface LokiInput {
  readonly config: LogsConfig;
  readonly tenants: GranaryConfig["tenants"];
  readonly namespace: string;
  readonly chunks: BucketBinding;
  readonly ruler: BucketBinding;
  readonly spread: GranaryConfig["cluster"]["spread"];
}

/** Tenant ID that Loki uses when multi-tenancy is off; also the object key prefix. */
export const singleTenant = "fake";

export const isMultiTenant = (tenants: GranaryConfig["tenants"]): boolean => tenants.length > 0;

/** The tenants that may have objects in the bucket. */
export const tenantNames = (tenants: GranaryConfig["tenants"]): readonly string[] =>
  isMultiTenant(tenants) ? tenants.map(({ name }) => name) : [singleTenant];
