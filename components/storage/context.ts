// What a store needs to know besides its own section of the configuration.
import type { Provider } from "@pulumi/kubernetes";
import type { GranaryConfig } from "../config/schema";
import type { Keys } from "../config/schema/secrets";

/** The parts of a stack's configuration that a store reads. */
export type StoreConfig = Pick<GranaryConfig, "environment" | "storage" | "secrets"> & { readonly keys?: Keys | undefined };

export interface StoreContext {
  readonly kubernetes: Provider;
}
