import * as pulumi from "@pulumi/pulumi";
import type { CollectionEndpoint } from "../collection/endpoint";
import type { GranaryConfig } from "../config/schema";
import type { LogsEndpoint } from "../logs/endpoint";
import type { TracesEndpoint } from "../traces/endpoint";
import { DataSources } from "./datasources/data-sources";

/** Which store lies below, for the metrics that only it has. */
export type StoreKind = GranaryConfig["storage"]["kind"];

export interface ObserveArgs {
  readonly config: GranaryConfig["observe"];
  readonly namespace: string;
  readonly logs: LogsEndpoint;
  readonly traces?: TracesEndpoint;
  readonly collection?: CollectionEndpoint;
  /** Every tenant besides the stack's own. */
  readonly tenants: readonly string[];
  readonly store: StoreKind;
  /** Each bucket's name by its purpose, such as `loki-chunks`. */
  readonly buckets: Readonly<Record<string, string>>;
}

/** What makes the stack visible: data sources, dashboards, metrics and alerts. */
export class Observe extends pulumi.ComponentResource {
  constructor(name: string, args: ObserveArgs, opts?: pulumi.ComponentResourceOptions) {
    super("granary:observe:Sight", name, {}, opts);
    const { config, namespace, logs, traces, tenants } = args;
    if (config.grafana.provision !== "none") {
      new DataSources(
        `${name}-datasources`,
        { namespace, grafana: config.grafana, logs, ...(traces ? { traces } : {}), tenants },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
