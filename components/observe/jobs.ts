// Granary's monitors name their jobs themselves, so that alerts and dashboards don't depend on how a chart calls its services.
export const jobs = { logs: "granary/loki", traces: "granary/tempo", collection: "granary/alloy" } as const;

/** Label matchers that pick one program's series in one namespace. */
export const seriesOf = (job: string, namespace: string): string => `job="${job}",namespace="${namespace}"`;
