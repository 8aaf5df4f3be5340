import * as pulumi from "@pulumi/pulumi";
import type { CollectionEndpoint } from "../collection/endpoint";
import type { GranaryConfig } from "../config/schema";
import { type Duration, days, hours, type Size } from "../config/units";
import type { LogsEndpoint } from "../logs/endpoint";
import type { TracesEndpoint } from "../traces/endpoint";
import type { Watched } from "./alerts/alert";
import { Alerts } from "./alerts/alerts";
import { type KnownBucket, knownBuckets } from "./buckets";
import type { Scene } from "./dashboards/dashboard";
import { Dashboards } from "./dashboards/dashboards";
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
  /** What the store was told; the stack's own `observe.quotas` go before. */
  readonly quotas?: Readonly<Record<string, Size>>;
  readonly upkeep?: Watched["upkeep"];
  /** Of tenants that keep their logs longer or shorter than the rest. */
  readonly retentions?: Readonly<Record<string, Duration>>;
}

/** What makes the stack visible: data sources, dashboards, metrics and alerts. */
export class Observe extends pulumi.ComponentResource {
  constructor(name: string, args: ObserveArgs, opts?: pulumi.ComponentResourceOptions) {
    super("granary:observe:Sight", name, {}, opts);
    const { config, namespace, tenants } = args;
    const programs = programsOf(args);
    const here = { parent: this };
    if (programs.logs.multiTenant && config.grafana.dataBeforeTenants === undefined) pulumi.log.warn(hiddenData, this);
    if (config.grafana.provision !== "none") {
      new DataSources(`${name}-datasources`, { namespace, grafana: config.grafana, ...programs, tenants }, here);
      if (config.dashboards.enabled)
        new Dashboards(`${name}-dashboards`, { grafana: config.grafana, namespace, scene: sceneOf(args) }, here);
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

const hiddenData =
  "No tenant finds what was stored before the stack had tenants. Set granary:observe.grafana.dataBeforeTenants to true for data sources that do, or to false where there is no such data (docs/logs.md).";

type Programs = Pick<ObserveArgs, "logs" | "traces" | "collection">;

const programsOf = ({ logs, traces, collection }: ObserveArgs): Programs => ({
  logs,
  ...(traces ? { traces } : {}),
  ...(collection ? { collection } : {}),
});

const usualUpkeep: Watched["upkeep"] = { retention: days(30), compactionInterval: hours(1) };

function bucketsOf({ config, quotas, buckets, namespace, upkeep = usualUpkeep, retentions = {} }: ObserveArgs): KnownBucket[] {
  const keeping = { namespace, retention: upkeep.retention, retentions };
  return knownBuckets(config.bucketMetrics, { ...quotas, ...config.quotas }, buckets, keeping);
}

const storeOf = ({ store, storeNamespace }: ObserveArgs) => ({ store, ...(storeNamespace !== undefined ? { storeNamespace } : {}) });

export function watchedBy(args: ObserveArgs): Watched {
  return {
    thresholds: args.config.alerts.thresholds,
    ...programsOf(args),
    ...storeOf(args),
    upkeep: args.upkeep ?? usualUpkeep,
    buckets: bucketsOf(args).flatMap(({ quota, ...bucket }) => (quota ? [{ ...bucket, quota }] : [])),
  };
}

export function sceneOf(args: ObserveArgs): Scene {
  const buckets = bucketsOf(args).map(({ purpose, bytes, quota }) => ({ purpose, bytes, ...(quota ? { quota: quota.bytes } : {}) }));
  return { ...programsOf(args), ...storeOf(args), prices: args.config.prices, buckets };
}
