// The pipeline of the nodes' own journal: kubelet, container runtime, kernel.
import type { GranaryConfig } from "../config/schema";
import { goDuration } from "../config/units";
import { block, component } from "./alloy/components";
import { type Block, exportOf, map, type Reference } from "./alloy/syntax";

export function nodeJournal({ journal }: GranaryConfig["collection"], receiver: Reference): Block[] {
  const copy = (from: string, to: string) => block("rule", { source_labels: [`__journal_${from}`], target_label: to });
  const labels = component("loki.relabel", "journal", { forward_to: [] }, [
    copy("_hostname", "node"),
    copy("_systemd_unit", "unit"),
    copy("priority_keyword", "level"),
  ]);
  const source = component("loki.source.journal", "journal", {
    path: journal.path,
    max_age: goDuration(journal.maxAge),
    labels: map({ job: "node-journal" }),
    relabel_rules: exportOf(labels, "rules"),
    forward_to: [receiver],
  });
  return [labels, source];
}
