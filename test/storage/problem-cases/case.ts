import type { Change } from "../support/settings";

/** One change to a good stack each; the whole error that it gives, and no other. */
export type Case = [what: string, stack: string, change: Change, error: string];

export const auditor = { workload: "auditor", namespace: "audit", serviceAccounts: ["auditor"], purpose: "loki-chunks", actions: ["read"] };
