// The pipelines of Kubernetes events. One Alloy reads them for the whole cluster: on every node they would be stored once per node.
import type { GranaryConfig } from "../config/schema";
import type { LogsEndpoint } from "../logs/endpoint";
import { block, component } from "./alloy/components";
import { type Block, exportOf, render } from "./alloy/syntax";
import { streamSelector } from "./logql";
import { pushToLoki } from "./push";
import { type Share, sharesOf } from "./shares";

type Collection = GranaryConfig["collection"];

export function eventsConfiguration(config: Collection, logs: LogsEndpoint): string {
  return render(sharesOf(config.tenants, logs).flatMap((share) => pipeline(config, logs, share)));
}

function pipeline(config: Collection, logs: LogsEndpoint, share: Share): Block[] {
  const { namespaces: wanted } = config.events;
  const namespaces = namespacesOf(share, wanted);
  if (namespaces === undefined) return [];
  const push = pushToLoki(config, logs, share);
  // A source can be told which namespaces to read, but not which to leave: where all are read, those of others are dropped behind it.
  const foreign = namespaces.length === 0 && "allBut" in share.from ? streamSelector({ namespace: share.from.allBut }) : undefined;
  const own = foreign
    ? component("loki.process", `cluster${share.suffix}`, { forward_to: [push.receiver] }, [
        block("stage.match", { selector: foreign, action: "drop", drop_counter_reason: "another_tenant" }),
      ])
    : undefined;
  const source = component("loki.source.kubernetes_events", `cluster${share.suffix}`, {
    job_name: "kubernetes-events",
    log_format: "json",
    namespaces,
    forward_to: [own ? exportOf(own, "receiver") : push.receiver],
  });
  return [source, ...(own ? [own] : []), push.component];
}

/** All when empty; undefined when none is left. */
function namespacesOf({ from }: Share, wanted: readonly string[]): readonly string[] | undefined {
  const among = (names: readonly string[], keep: (name: string) => boolean) => {
    const left = names.filter(keep);
    return left.length > 0 ? left : undefined;
  };
  if ("allBut" in from) return wanted.length === 0 ? [] : among(wanted, (name) => !from.allBut.includes(name));
  return wanted.length === 0 ? from.only : among(from.only, (name) => wanted.includes(name));
}
