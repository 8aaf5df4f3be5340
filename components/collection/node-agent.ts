// The whole configuration of the Alloy that runs on every node.
import type { GranaryConfig } from "../config/schema";
import type { LogsEndpoint } from "../logs/endpoint";
import type { TracesEndpoint } from "../traces/endpoint";
import type { Block } from "./alloy/syntax";
import { render } from "./alloy/syntax";
import { nodeJournal } from "./node-journal";
import { podLogs, podsOfNode } from "./pod-logs";
import { pushToLoki } from "./push";
import { type Share, sharesOf } from "./shares";
import { otlpToTempo } from "./traces";

type Collection = GranaryConfig["collection"];

export function nodeConfiguration(config: Collection, logs: LogsEndpoint, traces?: TracesEndpoint): string {
  return render([...lines(config, logs), ...(traces && config.traces.enabled ? otlpToTempo(config, traces) : [])]);
}

function lines(config: Collection, logs: LogsEndpoint): Block[] {
  const [own, ...others] = sharesOf(config.tenants, logs);
  const pods = podsOfNode();
  const pipeline = (share: Share, journal: boolean): Block[] => {
    const { component: push, receiver } = pushToLoki(config, logs, share);
    const sources = [
      ...(config.podLogs.enabled ? podLogs(config, share, pods, receiver) : []),
      ...(journal ? nodeJournal(config, receiver) : []),
    ];
    return sources.length > 0 ? [...sources, push] : [];
  };
  // A node belongs to no namespace, so its journal is the stack's own tenant's.
  const pipelines = [...pipeline(own, config.journal.enabled), ...others.flatMap((share) => pipeline(share, false))];
  return config.podLogs.enabled ? [pods, ...pipelines] : pipelines;
}
