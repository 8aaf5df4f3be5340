// All alerts of a stack, and their form as a PrometheusRule.
import type { GranaryConfig } from "../../config/schema";
import { goDuration } from "../../config/units";
import type { PrometheusRuleSpec } from "../../kubernetes/generated/PrometheusRule.gen";
import type { Alert, AlertGroup, Watched } from "./alert";
import { collectionAlerts } from "./collection";
import { logsAlerts } from "./logs";
import { platformAlerts } from "./platform";
import { storeAlerts } from "./store";
import { tracesAlerts } from "./traces";

type AlertsConfig = GranaryConfig["observe"]["alerts"];

export const alertGroups = (watched: Watched): AlertGroup[] => [
  platformAlerts(watched),
  logsAlerts(watched),
  ...tracesAlerts(watched),
  ...collectionAlerts(watched),
  ...storeAlerts(watched),
];

export function prometheusRule(watched: Watched, { disabled, labels, runbooks }: AlertsConfig): PrometheusRuleSpec {
  const wanted = ({ name }: Alert) => !disabled.includes(name);
  const groups = alertGroups(watched).map(({ name, alerts }) => ({
    name,
    rules: alerts.filter(wanted).map((alert) => ({
      alert: alert.name,
      expr: alert.expression,
      for: goDuration(alert.lasting),
      labels: { ...labels, ...alert.labels, severity: alert.severity },
      annotations: { summary: alert.summary, description: alert.description, runbook_url: `${runbooks}/${alert.name}.md` },
    })),
  }));
  return { groups: groups.filter(({ rules }) => rules.length > 0) };
}
