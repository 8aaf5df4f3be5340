// The whole configuration of the Alloy that runs on every node.
import type { GranaryConfig } from "../config/schema";
import type { LogsEndpoint } from "../logs/endpoint";
import type { TracesEndpoint } from "../traces/endpoint";
import { render } from "./alloy/syntax";
import { nodeJournal } from "./node-journal";
import { podLogs } from "./pod-logs";
import { pushToLoki } from "./push";
import { otlpToTempo } from "./traces";

type Collection = GranaryConfig["collection"];

export function nodeConfiguration(config: Collection, logs: LogsEndpoint, traces?: TracesEndpoint): string {
  const push = pushToLoki(config, logs);
  return render([
    ...(config.podLogs.enabled ? podLogs(config, push.receiver) : []),
    ...(config.journal.enabled ? nodeJournal(config, push.receiver) : []),
    push.component,
    ...(traces && config.traces.enabled ? otlpToTempo(config, traces) : []),
  ]);
}
