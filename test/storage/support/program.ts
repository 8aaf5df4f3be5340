// A stack with a store and the buckets that Loki and Tempo ask for, and nothing else.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { loadConfig } from "../../../components/config/load";
import { lokiBuckets } from "../../../components/logs/buckets";
import { createStore } from "../../../components/storage";
import { tempoBucket } from "../../../components/traces/buckets";

const config = loadConfig();
const root = new pulumi.ComponentResource("granary:index:Platform", "granary");
const provider = new kubernetes.Provider("cluster", {}, { parent: root });
const store = createStore("store", config, { kubernetes: provider }, { parent: root });
const { chunks, ruler } = lokiBuckets(config.logs, config.tenants, config.namespace);
const specs = [chunks, ruler, tempoBucket(config.traces, config.tenants, config.namespace)];

export const bindings = specs.map((spec) => {
  const { ready, ...binding } = store.bucket(spec);
  return { ...binding, ready: ready.map(({ urn }) => urn) };
});

/** What was asked for, to hold against what came out. */
export const grants = specs.flatMap(({ purpose, grants }) =>
  grants.map(({ workload, actions, prefix }) => ({ purpose, workload: workload.name, actions, prefix })),
);
