// What a stack's file says about its Helm releases, in the form that Pulumi's Release takes.
import type { GranaryConfig } from "../config/schema";

export type ReleaseSettings = GranaryConfig["logs"]["release"];

interface ReleaseOptions {
  /** Without it the provider drops empty lists and nulls from the values, and the chart's own, such as a required anti-affinity, stay. */
  readonly allowNullValues: true;
  readonly timeout: number;
  readonly skipAwait?: true;
  readonly atomic?: true;
}

/** `wait` and `atomic` appear only where they differ from Helm's defaults, so that the default is no change to a release that exists. */
export const releaseOptions = ({ timeout, wait, atomic }: ReleaseSettings, defaultSeconds: number): ReleaseOptions => ({
  allowNullValues: true,
  timeout: timeout?.seconds ?? defaultSeconds,
  ...(wait ? {} : { skipAwait: true }),
  ...(atomic ? { atomic: true } : {}),
});
