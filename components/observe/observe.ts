import * as pulumi from "@pulumi/pulumi";
import type { CollectionEndpoint } from "../collection/endpoint";
import type { GranaryConfig } from "../config/schema";
import { days, hours } from "../config/units";
import type { LogsEndpoint } from "../logs/endpoint";
import type { TracesEndpoint } from "../traces/endpoint";
import type { Watched, WatchedBucket } from "./alerts/alert";
import { Alerts } from "./alerts/alerts";
import { bucketBytes } from "./buckets";
import { DataSources } from "./datasources/data-sources";
import { Monitors } from "./metrics/monitors";
import type { StoreKind } from "./store-kind";

export interface ObserveArgs {
  readonly config: GranaryConfig["observe"];
  readonly namespace: string;
  readonly logs: LogsEndpoint;
  readonly traces?: TracesEndpoint;
  readonly collection?: CollectionEndpoint;
  /** Every tenant besides the stack's own. */
  readonly tenants: readonly string[];
  readonly store: StoreKind;
  /** Where the store itself runs, when it runs in the cluster. */
  readonly storeNamespace?: string;
  /** Each bucket's name by its purpose, such as `loki-chunks`. */
  readonly buckets: Readonly<Record<string, string>>;
  readonly upkeep?: Watched["upkeep"];
}

/** What makes the stack visible: data sources, dashboards, metrics and alerts. */
export class Observe extends pulumi.ComponentResource {
  constructor(name: string, args: ObserveArgs, opts?: pulumi.ComponentResourceOptions) {
    super("granary:observe:Sight", name, {}, opts);
    const { config, namespace, tenants } = args;
    const programs = programsOf(args);
    const here = { parent: this };
    if (config.grafana.provision !== "none") {
      new DataSources(`${name}-datasources`, { namespace, grafana: config.grafana, ...programs, tenants }, here);
    }
    if (config.metrics.enabled) {
      const { interval, labels } = config.metrics;
      new Monitors(`${name}-monitors`, { interval, labels, ...programs }, here);
      if (config.alerts.enabled) {
        new Alerts(`${name}-alerts`, { config: config.alerts, namespace, labels, watched: watchedBy(args) }, here);
      }
    }
    this.registerOutputs({});
  }
}

type Programs = Pick<ObserveArgs, "logs" | "traces" | "collection">;

const programsOf = ({ logs, traces, collection }: ObserveArgs): Programs => ({
  logs,
  ...(traces ? { traces } : {}),
  ...(collection ? { collection } : {}),
});

export function watchedBy(args: ObserveArgs): Watched {
  const { config, store, storeNamespace, upkeep = { retention: days(30), compactionInterval: hours(1) } } = args;
  return {
    thresholds: config.alerts.thresholds,
    ...programsOf(args),
    store,
    ...(storeNamespace !== undefined ? { storeNamespace } : {}),
    upkeep,
    buckets: watchedBuckets(args, upkeep),
  };
}

/** Those that have a quota and that somebody can say the size of. */
function watchedBuckets({ config, buckets, namespace }: ObserveArgs, { retention }: Watched["upkeep"]): WatchedBucket[] {
  const measured = config.bucketMetrics !== "estimate";
  return Object.entries(config.quotas).flatMap(([purpose, quota]) => {
    const bucket = buckets[purpose];
    const bytes = bucket === undefined ? undefined : bucketBytes(config.bucketMetrics, { purpose, bucket, namespace, retention });
    return bytes === undefined ? [] : [{ purpose, bytes, measured: measured || purpose.startsWith("tempo"), quota }];
  });
}
