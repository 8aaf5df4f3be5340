// The pipeline of Kubernetes events. One Alloy reads them for the whole cluster: on every node they would be stored once per node.
import type { GranaryConfig } from "../config/schema";
import type { LogsEndpoint } from "../logs/endpoint";
import { component } from "./alloy/components";
import { render } from "./alloy/syntax";
import { pushToLoki } from "./push";

export function eventsConfiguration(config: GranaryConfig["collection"], logs: LogsEndpoint): string {
  const push = pushToLoki(config, logs);
  const events = component("loki.source.kubernetes_events", "cluster", {
    job_name: "kubernetes-events",
    log_format: "json",
    namespaces: config.events.namespaces,
    forward_to: [push.receiver],
  });
  return render([events, push.component]);
}
