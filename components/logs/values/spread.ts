// Which nodes and zones a component's pods are spread over, and how its Deployment replaces them.
import type { LokiInput } from "../input";
import type { Component } from "../sizes";
import { componentName } from "../topology";
import type { Values } from "../values";
import { release } from "../versions";

/** The chart makes Deployments of these, and StatefulSets of all others, which delete a pod before they create its successor. */
const deployments: ReadonlySet<Component> = new Set(["read", "distributor", "querier", "queryFrontend", "queryScheduler", "gateway"]);

const podLabels = (component: Component) => ({
  matchLabels: {
    "app.kubernetes.io/component": componentName(component),
    "app.kubernetes.io/instance": release,
    "app.kubernetes.io/name": "loki",
  },
});

/** Replaces the chart's own rule, which is required. A single replica must not repel its own successor. */
const preferredNodes = (component: Component): Values => ({
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      { podAffinityTerm: { labelSelector: podLabels(component), topologyKey: "kubernetes.io/hostname" }, weight: 100 },
    ],
    requiredDuringSchedulingIgnoredDuringExecution: [],
  },
});

/**
 * Several replicas: one is deleted first, because its successor may need its node. One replica: its successor is ready before it is deleted;
 * otherwise nothing would serve meanwhile, and Helm would not wait (it expects replicas minus `maxUnavailable` to be ready).
 */
const rollingUpdate = (replicas: number): Values => ({
  rollingUpdate: replicas > 1 ? { maxSurge: 0, maxUnavailable: 1 } : { maxSurge: 1, maxUnavailable: 0 },
  type: "RollingUpdate",
});

/** With `required`, the chart's own rule keeps replicas on different nodes. */
export function placement(component: Component, replicas: number, spread: LokiInput["spread"]): Values {
  const strategy = component === "gateway" ? "deploymentStrategy" : "strategy";
  return {
    ...(deployments.has(component) ? { [strategy]: rollingUpdate(replicas) } : {}),
    ...(replicas === 1 || spread === "preferred" ? { affinity: preferredNodes(component) } : {}),
    ...(replicas > 1 ? { topologySpreadConstraints: [zones(component)] } : {}),
  };
}

const zones = (component: Component): Values => ({
  labelSelector: podLabels(component),
  maxSkew: 1,
  topologyKey: "topology.kubernetes.io/zone",
  whenUnsatisfiable: "ScheduleAnyway",
});
