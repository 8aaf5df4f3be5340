// All grants on a bucket: those that come with its spec, and those that the stack's configuration adds for its purpose.
import type { StorageConfig } from "../config/schema/storage";
import type { BucketSpec, Grant, Workload } from "./store";

type ConfiguredGrants = Extract<StorageConfig, { grants: unknown }>["grants"];

export function grantsOf(spec: BucketSpec, configured: ConfiguredGrants): Grant[] {
  const added = configured
    .filter(({ purpose }) => purpose === spec.purpose)
    .map(({ workload: name, namespace, serviceAccounts, actions, prefix }) => ({
      workload: { name, namespace, serviceAccounts },
      actions,
      prefix: prefix ?? "",
    }));
  return [...spec.grants, ...added];
}

export function workloadsOf(grants: readonly Grant[]): Workload[] {
  const byName = new Map(grants.map(({ workload }) => [workload.name, workload]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Where a purpose lives within a shared bucket, put in front of what its spec says. */
export function beneath(prefix: string, spec: BucketSpec): BucketSpec {
  if (prefix === "") return spec;
  return {
    ...spec,
    grants: spec.grants.map((grant) => ({ ...grant, prefix: prefix + grant.prefix })),
    expiries: spec.expiries.map((expiry) => ({ ...expiry, prefix: prefix + expiry.prefix })),
  };
}
