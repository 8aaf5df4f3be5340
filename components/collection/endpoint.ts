import type { GranaryConfig } from "../config/schema";

/** What network policies, alerts and programs that send spans know of the collection. */
export interface CollectionEndpoint {
  /** Alloy's own namespace, apart from Loki's. */
  readonly namespace: string;
  /** The Helm releases' names: values of `app.kubernetes.io/instance`. */
  readonly releases: readonly string[];
  /** host:port for OTLP, when traces are collected. */
  readonly otlpGrpc?: string;
  readonly otlpHttp?: string;
}

/** Named after the stack's own unless it says otherwise. */
export const collectionNamespace = (config: GranaryConfig["collection"], own: string): string => config.namespace ?? `${own}-collection`;
