// Which traffic Granary's namespaces let through, as plain data: first nothing at all, then one policy for each thing that is used.
import type { CollectionEndpoint } from "../collection/endpoint";
import type { GranaryConfig } from "../config/schema";
import type { LogsEndpoint } from "../logs/endpoint";
import type { BucketBinding } from "../storage/store";
import type { TracesEndpoint } from "../traces/endpoint";
import { collectionPolicies } from "./collection";
import { logsPolicies } from "./logs";
import { baseline, type Policy, type Sends } from "./policy";
import { tracesPolicies } from "./traces";

export interface Traffic {
  readonly config: GranaryConfig["network"];
  readonly namespace: string;
  readonly logs: LogsEndpoint;
  readonly traces?: TracesEndpoint;
  readonly collection?: CollectionEndpoint;
  /** What Loki and Tempo send on their own account; nothing when left out. */
  readonly sends?: Sends;
  readonly buckets: { readonly logs: readonly BucketBinding[]; readonly traces: readonly BucketBinding[] };
}

export function networkPolicies(traffic: Traffic): Policy[] {
  const { config, namespace, logs, traces, collection, sends = {} } = traffic;
  const namespaces = [namespace, ...(collection ? [collection.namespace] : [])];
  return [
    ...namespaces.flatMap((each) => baseline(config, each)),
    ...logsPolicies(config, logs, traffic.buckets.logs, { collection, sends }),
    ...(traces ? tracesPolicies(config, traces, traffic.buckets.traces, { collection, sends }) : []),
    ...(collection ? collectionPolicies(config, collection, logs, traces) : []),
  ];
}
