import { z } from "zod";
import { alertNames } from "../../observe/alerts/names";
import { duration, size } from "../fields";

const labels = (defaults: Record<string, string>) => z.record(z.string(), z.string()).default(defaults);

/** A limit that warns and one that wakes somebody up. */
const levels = <Kind extends z.ZodType>(kind: Kind, warning: z.input<Kind>, critical: z.input<Kind>) =>
  z.strictObject({ warning: kind.prefault(warning as never), critical: kind.prefault(critical as never) }).prefault({} as never);

const grafanaSchema = z.strictObject({
  /** `sidecar`: ConfigMaps that Grafana's sidecar picks up by label; `operator`: resources of the grafana-operator. */
  provision: z.enum(["sidecar", "operator", "none"]).default("sidecar"),
  /** Labels that the sidecar looks for. */
  datasourceLabels: labels({ grafana_datasource: "1" }),
  dashboardLabels: labels({ grafana_dashboard: "1" }),
  /** Labels of the Grafana that the operator should give them to. */
  instanceLabels: labels({ dashboards: "grafana" }),
  folder: z.string().min(1).default("Granary"),
  /** The unique id of the Prometheus data source that is there already. */
  prometheusUid: z.string().min(1).default("prometheus"),
});

const alertsSchema = z.strictObject({
  enabled: z.boolean().default(true),
  /** Where `docs/runbooks` can be read; each alert links to `<this>/<its name>.md`. A URL makes the link one that can be clicked. */
  runbooks: z
    .string()
    .regex(/^(?:https?:\/\/[^\s?#]+[^\s?#/]|docs\/runbooks)$/, {
      error: "a URL without a slash at its end, such as https://git.example.com/platform/granary/docs/runbooks",
    })
    .default("docs/runbooks"),
  /** Put on every alert, for routing. */
  labels: labels({}),
  /** Alerts that this stack does without, by name. */
  disabled: z.array(z.enum(alertNames)).default([]),
  thresholds: z
    .strictObject({
      /** Log bytes taken in during an hour. */
      ingestionPerHour: levels(size(), "1GB", "2GB"),
      /** How long queries take, all but the slowest twentieth of them. */
      queryLatency: levels(duration(), "2s", "5s"),
      /** Requests that fail, of all. */
      errorRate: levels(z.number().gt(0).lt(1), 0.01, 0.05),
      /** How full a bucket, pool or volume is. */
      storageUsage: levels(z.number().gt(0).lt(1), 0.7, 0.85),
      /** How long before a certificate ends. */
      certificateExpiry: levels(duration(), "21d", "7d"),
    })
    .prefault({}),
});

/** What makes the stack visible: data sources, dashboards, metrics and alerts. */
export const observeSchema = z.strictObject({
  enabled: z.boolean().default(true),
  grafana: grafanaSchema.prefault({}),
  dashboards: z.strictObject({ enabled: z.boolean().default(true) }).prefault({}),
  metrics: z
    .strictObject({
      /** ServiceMonitors for the Prometheus operator; without them there are no alerts either. */
      enabled: z.boolean().default(true),
      interval: duration().prefault("30s"),
      /** Labels by which that Prometheus selects monitors and rules, such as `release: kube-prometheus-stack`. */
      labels: labels({}),
    })
    .prefault({}),
  alerts: alertsSchema.prefault({}),
  /** Who knows how full a bucket is: an exporter for the store, or nobody; then it is worked out from what Loki and Tempo write. */
  bucketMetrics: z.enum(["estimate", "cloudwatch", "minio", "radosgw", "seaweedfs"]).default("estimate"),
  /** How much each bucket may hold, by purpose, where the store itself was not told; without one there is nothing to compare with. */
  quotas: z.record(z.string(), size()).default({}),
  /** What the object store asks for, for the estimate on its dashboard. */
  prices: z
    .strictObject({
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, { error: "a currency's code, such as USD or EUR" })
        .default("USD"),
      perGigabyteMonth: z.number().min(0).default(0.023),
      /** Lists are charged like writes. */
      perThousandWrites: z.number().min(0).default(0.005),
      perThousandReads: z.number().min(0).default(0.0004),
    })
    .prefault({}),
});
