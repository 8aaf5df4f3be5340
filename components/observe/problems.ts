// What the schema alone can't see in the configuration of data sources, dashboards and alerts.
import type { Problem } from "../config/problems";
import type { GranaryConfig } from "../config/schema";

export function observeProblems({ observe }: GranaryConfig): Problem[] {
  if (!observe.enabled) return [];
  const { thresholds } = observe.alerts;
  const ordered = (name: string, [warning, critical]: readonly [number, number], rising = true): Problem[] =>
    (rising ? warning < critical : warning > critical)
      ? []
      : [
          {
            path: `granary:observe.alerts.thresholds.${name}`,
            message: `warning is not reached before critical; allowed is a warning ${rising ? "below" : "above"} critical`,
          },
        ];
  const { ingestionPerHour, queryLatency, errorRate, storageUsage, certificateExpiry } = thresholds;
  return [
    ...ordered("ingestionPerHour", [ingestionPerHour.warning.bytes, ingestionPerHour.critical.bytes]),
    ...ordered("queryLatency", [queryLatency.warning.seconds, queryLatency.critical.seconds]),
    ...ordered("errorRate", [errorRate.warning, errorRate.critical]),
    ...ordered("storageUsage", [storageUsage.warning, storageUsage.critical]),
    ...ordered("certificateExpiry", [certificateExpiry.warning.seconds, certificateExpiry.critical.seconds], false),
  ];
}
