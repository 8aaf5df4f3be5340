// What the schema alone can't see in the configuration of data sources, dashboards and alerts.
import type { Problem } from "../config/problems";
import { problemsBelow } from "../config/problems-below";
import type { GranaryConfig } from "../config/schema";
import type { StoreKind } from "./store-kind";

const { at, when } = problemsBelow("granary:observe");

export function observeProblems({ observe, storage, tenants }: GranaryConfig): Problem[] {
  if (!observe.enabled) return [];
  return [
    ...thresholdProblems(observe),
    ...quotaProblems(observe, storage.kind),
    ...when(
      observe.grafana.dataBeforeTenants === true && tenants.length === 0,
      ".grafana.dataBeforeTenants",
      () => "found true, but granary:tenants is empty, so the usual data sources show all data; leave it out",
    ),
  ];
}

type Observe = GranaryConfig["observe"];

const purposes = ["loki-chunks", "loki-ruler", "tempo-traces"];

function quotaProblems({ quotas, bucketMetrics }: Observe, store: StoreKind): Problem[] {
  return Object.keys(quotas).flatMap((purpose): Problem[] => {
    const problem = (message: string) => [at(`.quotas.${purpose}`, message)];
    if (!purposes.includes(purpose)) return problem(`is no bucket of this stack; allowed is one of ${purposes.join(", ")}`);
    if (store === "filesystem") return problem("has no bucket to watch: the store is filesystem, whose volumes are watched by themselves");
    if (bucketMetrics === "estimate" && purpose === "loki-ruler") {
      return problem("can't be watched: nobody measures it; set granary:observe.bucketMetrics to an exporter that does, or leave this out");
    }
    return [];
  });
}

function thresholdProblems(observe: Observe): Problem[] {
  const { thresholds } = observe.alerts;
  const ordered = (name: string, [warning, critical]: readonly [number, number], rising = true): Problem[] =>
    when(
      rising ? warning >= critical : warning <= critical,
      `.alerts.thresholds.${name}`,
      () => `warning is not reached before critical; allowed is a warning ${rising ? "below" : "above"} critical`,
    );
  const { ingestionPerHour, queryLatency, errorRate, storageUsage, certificateExpiry } = thresholds;
  return [
    ...ordered("ingestionPerHour", [ingestionPerHour.warning.bytes, ingestionPerHour.critical.bytes]),
    ...ordered("queryLatency", [queryLatency.warning.seconds, queryLatency.critical.seconds]),
    ...ordered("errorRate", [errorRate.warning, errorRate.critical]),
    ...ordered("storageUsage", [storageUsage.warning, storageUsage.critical]),
    ...ordered("certificateExpiry", [certificateExpiry.warning.seconds, certificateExpiry.critical.seconds], false),
  ];
}
