// Retention is a decision, not a default: Loki's is for ever, the Tempo chart's a day.
import { carriesPrograms, programsOf } from "../readers/programs";
import { lokiRetentionFaults, tempoRetention } from "../readers/retention";
import type { ResourceRule } from "../rule";

export const retentionSet: ResourceRule = {
  id: "retention-set",
  group: "data safety",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  demands: "Loki and Tempo say how long they keep data, and Loki's compactor is told to delete.",
  reason: "Without it Loki keeps everything for ever whatever limits_config says, and Tempo drops traces after its chart's one day.",
  fix: "Set compactor.retention_enabled, compactor.delete_request_store and limits_config.retention_period; block_retention for Tempo, retention.global.traces for a TempoStack.",
  *check(resource) {
    if (!carriesPrograms(resource.type)) return;
    for (const config of programsOf(resource)) {
      if (config.program === "loki" && "schema_config" in config.value) {
        for (const fault of lokiRetentionFaults(config)) yield `${config.path}: ${fault}`;
      }
      // The chart's own `tempo` values count only where they replace the whole configuration.
      const whole = config.program === "tempo" && ("storage" in config.value || config.path === "spec");
      if (whole && !tempoRetention(config)) yield `${config.path}: no retention is set`;
    }
  },
};
