// What a stack's file says about its Helm releases, in the form that Pulumi's Release takes.
import type { GranaryConfig } from "../config/schema";

export type ReleaseSettings = GranaryConfig["logs"]["release"];

interface ReleaseOptions {
  readonly timeout: number;
  readonly skipAwait?: true;
  readonly atomic?: true;
}

/** Names only what differs from Helm's defaults, so that the default is no change to a release that exists. */
export const releaseOptions = ({ timeout, wait, atomic }: ReleaseSettings, defaultSeconds: number): ReleaseOptions => ({
  timeout: timeout?.seconds ?? defaultSeconds,
  ...(wait ? {} : { skipAwait: true }),
  ...(atomic ? { atomic: true } : {}),
});
