// What the schema alone can't see in the network's configuration.
import type { Problem } from "../config/problems";
import type { GranaryConfig } from "../config/schema";

export function networkProblems({ network, collection, logs }: GranaryConfig): Problem[] {
  if (!network.enabled) return [];
  const needsGateway = (["pushFrom", "queryFrom"] as const).filter((key) => network[key].length > 0 && !logs.gateway.enabled);
  const world = ["0.0.0.0/0"];
  const open = (path: string, cidrs: readonly string[]): Problem[] =>
    cidrs.flatMap((cidr, i) =>
      world.includes(cidr)
        ? [{ path: `granary:network.${path}[${i}]`, message: `found ${cidr}, which is everywhere; allowed is the network that it is for` }]
        : [],
    );
  return [
    ...open("apiServer.cidrs", network.apiServer.cidrs),
    ...open("dns.cidrs", network.dns.cidrs),
    ...open("nodes", network.nodes),
    ...needsGateway.map((key) => ({
      path: `granary:network.${key}`,
      message: "names who may come in by Loki's gateway, but granary:logs.gateway is off; enable it or leave this out",
    })),
    ...(network.tracesFrom.length > 0 && !(collection.enabled && collection.traces.enabled)
      ? [
          {
            path: "granary:network.tracesFrom",
            message: "names who may send spans, but granary:collection.traces is off; enable it or leave this out",
          },
        ]
      : []),
  ];
}
