// A real Pulumi CLI with its engine and the real Kubernetes provider. `npm run servers` builds both.
import { needs, type Requirement } from "../server";
import { unpackedCharts } from "./charts/archives";

/** Charts come from their own repositories. */
export const programs = needs("pulumi", "pulumi-resource-kubernetes");

/** What a stack's `up` needs beside its cluster and its store. */
export const engine: Requirement = {
  name: "Pulumi's engine",
  missing: () => [...programs.missing(), ...unpackedCharts.missing()],
};

export { type ChartServer, serveCharts } from "./charts";
export { nextVersion } from "./charts/archives";
export type { Events, Step, Violation } from "./events";
export { startPaperNode } from "./paper-node";
export { rookSettings, startPaperOperators } from "./paper-operators";
export { EngineProject, passphrase, type Run, type Settings } from "./project";
