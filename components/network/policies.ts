// Which traffic Granary's namespaces let through, as plain data: first nothing at all, then one policy for each thing that is used.
import type { CollectionEndpoint } from "../collection/endpoint";
import type { GranaryConfig } from "../config/schema";
import type { LogsEndpoint } from "../logs/endpoint";
import type { BucketBinding } from "../storage/store";
import type { TracesEndpoint } from "../traces/endpoint";
import { collectionPolicies } from "./collection";
import { logsPolicies } from "./logs";
import { baseline, type Policy } from "./policy";
import { tracesPolicies } from "./traces";

export interface Traffic {
  readonly config: GranaryConfig["network"];
  readonly namespace: string;
  readonly logs: LogsEndpoint;
  readonly traces?: TracesEndpoint;
  readonly collection?: CollectionEndpoint;
  readonly buckets: { readonly logs: readonly BucketBinding[]; readonly traces: readonly BucketBinding[] };
}

export function networkPolicies(traffic: Traffic): Policy[] {
  const { config, namespace, logs, traces, collection } = traffic;
  const namespaces = [namespace, ...(collection ? [collection.namespace] : [])];
  return [
    ...namespaces.flatMap((each) => baseline(config, each)),
    ...logsPolicies(config, logs, traffic.buckets.logs, collection),
    ...(traces ? tracesPolicies(config, traces, traffic.buckets.traces, collection) : []),
    ...(collection ? collectionPolicies(config, collection, logs, traces) : []),
  ];
}
