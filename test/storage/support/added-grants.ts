// Besides Loki and Tempo: a backup that reads everything of one bucket, an auditor of one tenant, and an importer that only writes.
export const addedGrants = (tenant: string) => [
  { workload: "backup", namespace: "backup", serviceAccounts: ["backup"], purpose: "loki-chunks", actions: ["read", "list"] },
  {
    workload: "auditor",
    namespace: "audit",
    serviceAccounts: ["auditor"],
    purpose: "loki-chunks",
    actions: ["read", "list"],
    prefix: `${tenant}/`,
  },
  {
    workload: "importer",
    namespace: "import",
    serviceAccounts: ["importer"],
    purpose: "tempo-traces",
    actions: ["write"],
    prefix: `${tenant}/`,
  },
];

export interface GrantRow {
  readonly purpose: string;
  readonly workload: string;
  readonly actions: readonly string[];
  readonly prefix: string;
}

/** Whether a grant covers the action on everything under the prefix; nothing grants what has no action. */
export function isGranted(grants: readonly GrantRow[], workload: string, purpose: string, prefix: string, action?: string): boolean {
  if (action === undefined) return false;
  return grants.some(
    (grant) =>
      grant.workload === workload && grant.purpose === purpose && grant.actions.includes(action) && prefix.startsWith(grant.prefix),
  );
}
