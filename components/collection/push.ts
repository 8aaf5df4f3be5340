// Sending to Loki: the last component of every pipeline.
import type { GranaryConfig } from "../config/schema";
import { goDuration } from "../config/units";
import type { LogsEndpoint } from "../logs/endpoint";
import { block, component } from "./alloy/components";
import { type Block, exportOf, map, type Reference } from "./alloy/syntax";
import { binarySize } from "./alloy/units";
import type { Share } from "./shares";

export interface Push {
  readonly component: Block;
  readonly receiver: Reference;
}

export function pushToLoki(
  { push, externalLabels }: GranaryConfig["collection"],
  { pushUrl }: LogsEndpoint,
  { sink, tenant }: Share,
): Push {
  const endpoint = block("endpoint", {
    name: "loki",
    url: pushUrl,
    tenant_id: tenant,
    batch_size: binarySize(push.batchSize),
    batch_wait: goDuration(push.batchWait),
    remote_timeout: goDuration(push.timeout),
    min_backoff_period: goDuration(push.minBackoff),
    max_backoff_period: goDuration(push.maxBackoff),
    // Zero is "for ever": a full queue then stops the reading, and lines wait on the node's disk instead of being thrown away.
    max_backoff_retries: push.maxRetries,
  });
  const labels = Object.keys(externalLabels).length > 0 ? { external_labels: map(externalLabels) } : {};
  const write = component("loki.write", `loki${sink}`, labels, [endpoint]);
  return { component: write, receiver: exportOf(write, "receiver") };
}
