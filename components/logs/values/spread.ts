import type { Component } from "../sizes";
import { componentName } from "../topology";
import type { Values } from "../values";
import { release } from "../versions";

/** Nodes are kept apart by the chart's own rule; zones are spread over where there are any. */
export const spread = (component: Component): Values => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: {
        matchLabels: {
          "app.kubernetes.io/component": componentName(component),
          "app.kubernetes.io/instance": release,
          "app.kubernetes.io/name": "loki",
        },
      },
    },
  ],
});
