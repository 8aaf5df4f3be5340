import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { GranaryConfig } from "../config/schema";
import { releaseOptions } from "../helm/release";
import type { LogsEndpoint } from "../logs/endpoint";
import type { TracesEndpoint } from "../traces/endpoint";
import { eventsConfiguration } from "./cluster-events";
import { type CollectionEndpoint, collectionNamespace } from "./endpoint";
import { nodeConfiguration } from "./node-agent";
import { otlpPorts } from "./traces";
import { configurationKey, eventsValues, nodeValues } from "./values";

const chart = { name: "alloy", repository: "https://grafana.github.io/helm-charts" } as const;
const releases = { node: "granary-alloy", events: "granary-alloy-events" } as const;

export interface CollectionArgs {
  readonly config: GranaryConfig["collection"];
  /** The stack's own namespace, after which Alloy's is named. */
  readonly namespace: string;
  /** Alloy's namespace is there already, with a pod security that lets it read its nodes. */
  readonly hasNamespace: boolean;
  readonly nodes?: number | undefined;
  readonly logs: LogsEndpoint;
  readonly traces?: TracesEndpoint;
}

/** Alloy on every node, reading what pods write and taking the spans they send; and one more for Kubernetes events. */
export class Collection extends pulumi.ComponentResource {
  readonly endpoint: CollectionEndpoint;

  constructor(name: string, args: CollectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("granary:collection:Alloy", name, {}, opts);
    const { config, namespace: ownNamespace, logs, traces } = args;
    const receivesTraces = traces !== undefined && config.traces.enabled;
    const namespaceName = collectionNamespace(config, ownNamespace);

    const metadata = { name: namespaceName, labels: podSecurity };
    if (!args.hasNamespace) new kubernetes.core.v1.Namespace(`${name}-namespace`, { metadata }, { parent: this });
    const install = (part: string, release: string, text: string, values: (configMap: string) => Record<string, unknown>) => {
      const metadata = { name: `${release}-configuration`, namespace: namespaceName };
      const configuration = new kubernetes.core.v1.ConfigMap(
        `${name}-${part}-configuration`,
        { metadata, data: { [configurationKey]: text } },
        { parent: this },
      );
      new kubernetes.helm.v3.Release(
        `${name}-${part}`,
        {
          name: release,
          namespace: namespaceName,
          chart: chart.name,
          version: config.chartVersion,
          repositoryOpts: { repo: chart.repository },
          values: values(metadata.name),
          ...releaseOptions(config.release, 600),
        },
        { parent: this, dependsOn: [configuration] },
      );
    };

    install("node", releases.node, nodeConfiguration(config, logs, traces), (configMap) =>
      nodeValues(config, { configMap, receivesTraces, nodes: args.nodes }),
    );
    if (config.events.enabled) {
      install("events", releases.events, eventsConfiguration(config, logs), (configMap) => eventsValues(config, { configMap }));
    }
    this.endpoint = collectionEndpoint(config, ownNamespace, receivesTraces);
    this.registerOutputs({});
  }
}

// Reading the nodes' files takes paths of the host, which only this level lets through. Nothing but Alloy lives here.
const podSecurity = {
  "app.kubernetes.io/part-of": "granary",
  "pod-security.kubernetes.io/enforce": "privileged",
  "pod-security.kubernetes.io/warn": "privileged",
};

export function collectionEndpoint(config: GranaryConfig["collection"], own: string, receivesTraces: boolean): CollectionEndpoint {
  const namespace = collectionNamespace(config, own);
  const host = `${releases.node}.${namespace}.svc`;
  return {
    namespace,
    releases: [releases.node, ...(config.events.enabled ? [releases.events] : [])],
    ...(receivesTraces ? { otlpGrpc: `${host}:${otlpPorts.grpc}`, otlpHttp: `${host}:${otlpPorts.http}` } : {}),
  };
}
