// Whether the cluster has enough nodes for replicas that must not share one.
import { problemsBelow } from "../../config/problems-below";
import { type Component, sizing } from "../sizes";
import { runningComponents } from "../topology";
import type { Check } from "./check";

const cluster = problemsBelow("granary:cluster");

const replicasHaveNodes: Check = (logs, { cluster: { nodes, spread } }) => {
  if (nodes === undefined || spread === "preferred") return [];
  const components: readonly Component[] = [...runningComponents(logs), ...(logs.gateway.enabled ? ["gateway" as const] : [])];
  const most = components.map((name) => ({ name, replicas: sizing(logs, name).replicas })).toSorted((a, b) => b.replicas - a.replicas)[0];
  return cluster.when(
    most !== undefined && most.replicas > nodes,
    ".nodes",
    () =>
      `found ${nodes}, but ${most?.name} has ${most?.replicas} replicas, and each needs a node of its own; add nodes, set granary:cluster.spread to preferred, or run fewer replicas`,
  );
};

export const nodeChecks: readonly Check[] = [replicasHaveNodes];
