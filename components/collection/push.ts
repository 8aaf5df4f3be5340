// Sending to Loki: the last component of every pipeline.
import type { GranaryConfig } from "../config/schema";
import { goDuration } from "../config/units";
import type { LogsEndpoint } from "../logs/endpoint";
import { block, component } from "./alloy/components";
import { type Block, environment, exportOf, map, type Reference } from "./alloy/syntax";
import { binarySize } from "./alloy/units";

/** The variables that carry the gateway's name and password from their Secret into Alloy. */
export const pushCredentials = { username: "GRANARY_PUSH_USERNAME", password: "GRANARY_PUSH_PASSWORD" } as const;

export interface Push {
  readonly component: Block;
  readonly receiver: Reference;
}

export function pushToLoki({ push, externalLabels }: GranaryConfig["collection"], logs: LogsEndpoint): Push {
  const authentication = push.basicAuth
    ? [block("basic_auth", { username: environment(pushCredentials.username), password: environment(pushCredentials.password) })]
    : [];
  const endpoint = block(
    "endpoint",
    {
      name: "loki",
      url: logs.pushUrl,
      tenant_id: logs.multiTenant ? logs.tenant : undefined,
      batch_size: binarySize(push.batchSize),
      batch_wait: goDuration(push.batchWait),
      remote_timeout: goDuration(push.timeout),
      min_backoff_period: goDuration(push.minBackoff),
      max_backoff_period: goDuration(push.maxBackoff),
      // Zero is "for ever": a full queue then stops the reading, and lines wait on the node's disk instead of being thrown away.
      max_backoff_retries: push.maxRetries,
    },
    authentication,
  );
  const write = component("loki.write", "loki", Object.keys(externalLabels).length > 0 ? { external_labels: map(externalLabels) } : {}, [
    endpoint,
  ]);
  return { component: write, receiver: exportOf(write, "receiver") };
}
