// Every dashboard of a stack.
import type { Dashboard, Scene } from "./dashboard";
import { logVolume } from "./log-volume";
import { logsOperation } from "./logs-operation";
import { objectStore } from "./object-store";
import { queryPerformance } from "./query-performance";
import { resources } from "./resources";
import { tracesOperation } from "./traces";

export const dashboards = (scene: Scene): Dashboard[] => [
  logsOperation(scene),
  logVolume(),
  queryPerformance(scene),
  resources(scene),
  ...(scene.store === "filesystem" ? [] : [objectStore(scene)]),
  ...(scene.traces ? [tracesOperation(scene, scene.traces)] : []),
];
