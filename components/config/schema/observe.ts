import { z } from "zod";
import { alertNames } from "../../observe/alerts/names";
import { duration, size } from "../fields";

const labels = (defaults: Record<string, string>) => z.record(z.string(), z.string()).default(defaults);

/** A limit that warns and one that wakes somebody up. */
const levels = <Kind extends z.ZodType>(kind: Kind, warning: z.input<Kind>, critical: z.input<Kind>) =>
  z
    .strictObject({
      warning: kind.prefault(warning as never).describe("From here on there is a warning."),
      critical: kind.prefault(critical as never).describe("From here on somebody is woken up."),
    })
    .prefault({} as never);

const grafanaSchema = z.strictObject({
  provision: z
    .enum(["sidecar", "operator", "none"])
    .default("sidecar")
    .describe("`sidecar`: ConfigMaps that Grafana's sidecar picks up by label; `operator`: resources of the grafana-operator."),
  datasourceLabels: labels({ grafana_datasource: "1" }).describe("Labels that the sidecar looks for."),
  dashboardLabels: labels({ grafana_dashboard: "1" }).describe("Labels that the sidecar looks for on dashboards."),
  instanceLabels: labels({ dashboards: "grafana" }).describe("Labels of the Grafana that the operator should give them to."),
  dataBeforeTenants: z
    .boolean()
    .optional()
    .describe(
      "Adds data sources for what was stored before the stack had tenants, under `fake` in Loki and `single-tenant` in Tempo, where no tenant finds it. It holds the data of all teams. Set it to `true` with the first tenant, and to `false` when the retention has passed or where the stack had tenants from the beginning. A stack with tenants that does not set it gets a warning.",
    ),
  folder: z.string().min(1).default("Granary").describe("The folder that the dashboards are in."),
  prometheusUid: z.string().min(1).default("prometheus").describe("The unique id of the Prometheus data source that is there already."),
});

const alertsSchema = z.strictObject({
  enabled: z.boolean().default(true).describe("Makes the alerts."),
  runbooks: z
    .string()
    .regex(/^(?:https?:\/\/[^\s?#]+[^\s?#/]|docs\/runbooks)$/, {
      error: "a URL without a slash at its end, such as https://git.example.com/platform/granary/docs/runbooks",
    })
    .default("docs/runbooks")
    .describe(
      "Where `docs/runbooks` can be read; each alert links to `<this>/<its name>.md`. A URL makes the link one that can be clicked.",
    ),
  labels: labels({}).describe("Put on every alert, for routing."),
  disabled: z.array(z.enum(alertNames)).default([]).describe("Alerts that this stack does without, by name."),
  thresholds: z
    .strictObject({
      ingestionPerHour: levels(size(), "1GB", "2GB").describe("Log bytes taken in during an hour."),
      queryLatency: levels(duration(), "2s", "5s").describe("How long queries take, all but the slowest twentieth of them."),
      errorRate: levels(z.number().gt(0).lt(1), 0.01, 0.05).describe("Requests that fail, of all."),
      storageUsage: levels(z.number().gt(0).lt(1), 0.7, 0.85).describe("How full a bucket, pool or volume is."),
      certificateExpiry: levels(duration(), "21d", "7d").describe("How long before a certificate ends."),
    })
    .prefault({})
    .describe("From where on alerts speak."),
});

/** What makes the stack visible: data sources, dashboards, metrics and alerts. */
export const observeSchema = z.strictObject({
  enabled: z.boolean().default(true).describe("Makes data sources, dashboards, monitors and alerts."),
  grafana: grafanaSchema.prefault({}).describe("How Grafana gets its data sources and dashboards."),
  dashboards: z
    .strictObject({ enabled: z.boolean().default(true).describe("Makes the dashboards.") })
    .prefault({})
    .describe("The dashboards."),
  metrics: z
    .strictObject({
      enabled: z.boolean().default(true).describe("ServiceMonitors for the Prometheus operator; without them there are no alerts either."),
      interval: duration().prefault("30s").describe("How often they are read."),
      labels: labels({}).describe("Labels by which that Prometheus selects monitors and rules, such as `release: kube-prometheus-stack`."),
    })
    .prefault({})
    .describe("How Prometheus finds the metrics."),
  alerts: alertsSchema.prefault({}).describe("The alerts."),
  bucketMetrics: z
    .enum(["estimate", "cloudwatch", "minio", "radosgw", "seaweedfs"])
    .default("estimate")
    .describe(
      "Who knows how full a bucket is: an exporter for the store, or nobody; then it is worked out from what Loki and Tempo write.",
    ),
  quotas: z
    .record(z.string(), size())
    .default({})
    .describe(
      "How much each bucket may hold, by purpose, where the store itself was not told; without one there is nothing to compare with.",
    ),
  prices: z
    .strictObject({
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, { error: "a currency's code, such as USD or EUR" })
        .default("USD")
        .describe("The currency's code, such as EUR."),
      perGigabyteMonth: z.number().min(0).default(0.023).describe("For a gigabyte that is kept for a month."),
      perThousandWrites: z.number().min(0).default(0.005).describe("For a thousand requests that write or list."),
      perThousandReads: z.number().min(0).default(0.0004).describe("For a thousand requests that read."),
    })
    .prefault({})
    .describe("What the object store asks for, for the estimate on its dashboard."),
});
