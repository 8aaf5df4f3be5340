// What the schema alone can't see in the network's configuration.
import type { Problem } from "../config/problems";
import { problemsBelow } from "../config/problems-below";
import type { GranaryConfig } from "../config/schema";
import { targetProblems } from "./targets";

const { at, when } = problemsBelow("granary:network");

export function networkProblems(config: GranaryConfig): Problem[] {
  const { network, collection, logs } = config;
  if (!network.enabled) return [];
  const needsGateway = (["pushFrom", "queryFrom"] as const).filter((key) => network[key].length > 0 && !logs.gateway.enabled);
  const open = (path: string, cidrs: readonly string[]): Problem[] =>
    cidrs.flatMap((cidr, i) =>
      when(cidr.endsWith("/0"), `.${path}[${i}]`, () => `found ${cidr}, which is everywhere; allowed is the network that it is for`),
    );
  return [
    ...open("apiServer.cidrs", network.apiServer.cidrs),
    ...open("dns.cidrs", network.dns.cidrs),
    ...open("nodes", network.nodes),
    ...open("tokenService.cidrs", network.tokenService.cidrs),
    ...open("alertmanager.cidrs", cidrsOf(network.alertmanager)),
    ...open("metricsTarget.cidrs", cidrsOf(network.metricsTarget)),
    ...targetProblems(config),
    ...when(
      network.plugin === "cilium" && network.nodes.length > 0,
      ".nodes",
      () =>
        "does nothing with plugin cilium: address ranges don't select nodes there, and the kubelet's probes pass by themselves; leave it out",
    ),
    ...needsGateway.map((key) =>
      at(`.${key}`, "names who may come in by Loki's gateway, but granary:logs.gateway is off; enable it or leave this out"),
    ),
    ...when(
      network.tracesFrom.length > 0 && !(collection.enabled && collection.traces.enabled),
      ".tracesFrom",
      () => "names who may send spans, but granary:collection.traces is off; enable it or leave this out",
    ),
  ];
}

const cidrsOf = (target: GranaryConfig["network"]["alertmanager"] | undefined): readonly string[] =>
  target && "cidrs" in target ? target.cidrs : [];
