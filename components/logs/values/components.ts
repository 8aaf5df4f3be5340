// Replicas, resources, volumes and spreading of each of Loki's programs.
import { kubernetesQuantity } from "../../config/units";
import { isDisk } from "../../storage/store";
import type { LokiInput } from "../input";
import { gracePeriod } from "../shutdown";
import { type Component, sizing } from "../sizes";
import { everyWorkload, runningComponents, type Workload, writer } from "../topology";
import type { Values } from "../values";
import { placement } from "./spread";

const chartKey = (component: Workload): string => (component === "monolithic" ? "singleBinary" : component);

/** The chart spells a volume in four ways. */
function persistence(component: Workload, size: string, storageClass: string | undefined): Values {
  const claim = { size, ...(storageClass ? { storageClass } : {}) };
  const kept = { enableStatefulSetAutoDeletePVC: false, whenDeleted: "Retain", whenScaled: "Retain" };
  switch (component) {
    case "ingester":
      return { persistence: { enabled: true, ...kept, claims: [{ name: "data", accessModes: ["ReadWriteOnce"], ...claim }] } };
    case "compactor":
    case "patternIngester":
      return { persistence: { enabled: true, ...kept, ...claim, claims: [] } };
    case "write":
      return { persistence: { volumeClaimsEnabled: true, ...kept, ...claim } };
    case "backend":
      return { persistence: { enabled: true, volumeClaimsEnabled: true, ...kept, ...claim } };
    case "ruler":
      return { persistence: { enabled: true, ...claim } };
    default:
      return { persistence: { enabled: true, ...kept, ...claim } };
  }
}

function running(input: LokiInput, component: Workload): Values {
  const { config, chunks } = input;
  const { replicas, resources, disk } = sizing(config, component);
  const size = isDisk(chunks) && component === "monolithic" ? kubernetesQuantity(chunks.size) : disk;
  const storageClass = (isDisk(chunks) ? chunks.storageClass : undefined) ?? config.storageClass;
  return {
    replicas,
    resources,
    ...(size ? persistence(component, size, storageClass) : {}),
    ...(component === writer(config.mode) ? { terminationGracePeriodSeconds: gracePeriod(config) } : {}),
    ...placement(component, replicas, input.spread),
    ...(replicas > 1 && component !== "compactor" ? { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } } : {}),
    ...(component === "backend" ? { automountServiceAccountToken: false } : {}),
    ...(component === "patternIngester" ? { enabled: true } : {}),
    ...(component === "ingester" ? { zoneAwareReplication: { enabled: false } } : {}),
  };
}

/** The chart starts three of some components unless it is told not to: every one is named, those of other modes with none. */
export function componentValues(input: LokiInput): Values {
  const runs = new Set<Component>(runningComponents(input.config));
  return Object.fromEntries(
    everyWorkload.map((component) => [chartKey(component), runs.has(component) ? running(input, component) : { replicas: 0 }]),
  );
}
