// The pipelines of Kubernetes events. One Alloy reads them for the whole cluster: on every node they would be stored once per node.
import type { GranaryConfig } from "../config/schema";
import type { LogsEndpoint } from "../logs/endpoint";
import { component } from "./alloy/components";
import { type Block, exportOf, render } from "./alloy/syntax";
import { pushToLoki } from "./push";
import { dropForeign, type Share, sharesOf } from "./shares";

type Collection = GranaryConfig["collection"];

export function eventsConfiguration(config: Collection, logs: LogsEndpoint): string {
  return render(sharesOf(config.tenants, logs).flatMap((share) => pipeline(config, logs, share)));
}

function pipeline(config: Collection, logs: LogsEndpoint, share: Share): Block[] {
  const { namespaces: wanted } = config.events;
  const namespaces = namespacesOf(share, wanted);
  if (namespaces === undefined) return [];
  const push = pushToLoki(config, logs, share);
  // A source takes a list of namespaces to read, but none to leave out.
  const foreign = dropForeign(share.from);
  const own = foreign.length > 0 ? component("loki.process", `cluster${share.sink}`, { forward_to: [push.receiver] }, foreign) : undefined;
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
