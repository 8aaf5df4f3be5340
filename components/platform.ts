// Composes the rooms.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Collection } from "./collection/collection";
import { type CollectionEndpoint, collectionNamespace } from "./collection/endpoint";
import type { GranaryConfig } from "./config/schema";
import { explainFailures } from "./kubernetes/explain-failures";
import { dependOnNamespaces } from "./kubernetes/namespace-dependencies";
import { clusterProvider } from "./kubernetes/provider";
import { waitForOperators } from "./kubernetes/readiness";
import { lokiBuckets } from "./logs/buckets";
import type { LogsEndpoint } from "./logs/endpoint";
import { Logs } from "./logs/loki";
import { isThereAlready } from "./namespaces";
import { Network } from "./network/network";
import { Observe } from "./observe/observe";
import { createStore } from "./storage";
import { dataOptions } from "./storage/data-options";
import { bucketQuotas } from "./storage/quotas";
import type { BucketBinding, Store } from "./storage/store";
import { tempoBucket } from "./traces/buckets";
import type { TracesEndpoint } from "./traces/endpoint";
import { Traces } from "./traces/tempo";

interface Buckets {
  readonly chunks: BucketBinding;
  readonly ruler: BucketBinding;
  readonly blocks: BucketBinding | undefined;
}

export class Platform extends pulumi.ComponentResource {
  readonly logs: LogsEndpoint;
  readonly traces: TracesEndpoint | undefined;
  /** Each bucket's name by its purpose; none on plain disk. */
  readonly buckets: Readonly<Record<string, string>>;
  /** What every room is made with. */
  private readonly room: pulumi.ComponentResourceOptions;

  constructor(
    private readonly name: string,
    private readonly config: GranaryConfig,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const transformations = [dependOnNamespaces(), waitForOperators(config.cluster.operators), explainFailures()];
    super("granary:index:Platform", name, {}, pulumi.mergeOptions(opts, { transformations }));
    const cluster = clusterProvider(`${name}-cluster`, config.cluster, { parent: this });
    this.createNamespace(cluster);
    this.room = { parent: this, provider: cluster };

    const store = createStore(`${name}-store`, config, { kubernetes: cluster }, { parent: this, provider: cluster });
    const buckets = this.bindBuckets(store);
    this.buckets = bucketNames({ "loki-chunks": buckets.chunks, "loki-ruler": buckets.ruler, "tempo-traces": buckets.blocks });

    this.logs = this.makeLogs(buckets);
    this.traces = buckets.blocks && this.makeTraces(buckets.blocks);
    const collection = config.collection.enabled ? this.makeCollection() : undefined;
    if (config.observe.enabled) this.makeSight(buckets, collection);
    if (config.network.enabled) this.makeNetwork(buckets, collection);
    this.registerOutputs({});
  }

  /** Loki and Tempo run here under the strictest of Kubernetes' pod security levels. */
  private createNamespace(provider: kubernetes.Provider): void {
    const { namespace: name, storage } = this.config;
    if (isThereAlready(this.config, name)) return;
    const labels = { "app.kubernetes.io/part-of": "granary", "pod-security.kubernetes.io/enforce": "restricted" };
    const metadata = { name, labels };
    // Protected if it holds the only copy of data. Always retained, so that naming it in existingNamespaces later does not delete it.
    const kept = { ...dataOptions(storage.onDestroy), ...(this.holdsData ? {} : { protect: false }) };
    new kubernetes.core.v1.Namespace(`${this.name}-namespace`, { metadata }, { parent: this, provider, ...kept });
  }

  /** Volumes go with their namespace, and there lies the only copy of what no bucket holds. */
  private get holdsData(): boolean {
    const { storage, logs } = this.config;
    return storage.kind === "filesystem" || logs.schema.some(({ store }) => store === "filesystem");
  }

  private bindBuckets(store: Store): Buckets {
    const { logs, traces, tenants, namespace } = this.config;
    const { chunks, ruler } = lokiBuckets(logs, tenants, namespace);
    const blocks = traces.enabled ? store.bucket(tempoBucket(traces, tenants, namespace)) : undefined;
    return { chunks: store.bucket(chunks), ruler: store.bucket(ruler), blocks };
  }

  private makeLogs({ chunks, ruler }: Buckets): LogsEndpoint {
    const { logs: config, tenants, namespace, storage, cluster } = this.config;
    const keepData = storage.onDestroy === "keep-all-data";
    return new Logs(`${this.name}-logs`, { config, tenants, namespace, chunks, ruler, spread: cluster.spread, keepData }, this.room)
      .endpoint;
  }

  private makeTraces(blocks: BucketBinding): TracesEndpoint {
    const { traces: config, tenants, namespace } = this.config;
    return new Traces(`${this.name}-traces`, { config, tenants, namespace, blocks }, this.room).endpoint;
  }

  private makeCollection(): CollectionEndpoint {
    const { collection: config, namespace, cluster } = this.config;
    const hasNamespace = isThereAlready(this.config, collectionNamespace(config, namespace));
    return new Collection(
      `${this.name}-collection`,
      { config, namespace, hasNamespace, nodes: cluster.nodes, ...this.endpoints() },
      this.room,
    ).endpoint;
  }

  private makeSight({ chunks }: Buckets, collection: CollectionEndpoint | undefined): void {
    const { observe: config, namespace, storage, logs } = this.config;
    const tenants = this.config.tenants.map(({ name }) => name).filter((name) => name !== this.logs.tenant);
    const retentions = Object.fromEntries(
      this.config.tenants.flatMap(({ name, logs: own }) => (own?.retention ? [[name, own.retention]] : [])),
    );
    const seen = { ...this.endpoints(), ...(collection ? { collection } : {}) };
    const reach = chunks.kind === "object" ? chunks.endpoint.reach : undefined;
    const store = {
      store: storage.kind,
      ...(reach?.kind === "namespace" ? { storeNamespace: reach.namespace } : {}),
      buckets: this.buckets,
      quotas: bucketQuotas(storage),
    };
    const upkeep = { retention: logs.retention, compactionInterval: logs.compactor.compactionInterval };
    new Observe(`${this.name}-sight`, { config, namespace, ...seen, tenants, ...store, upkeep, retentions }, this.room);
  }

  private makeNetwork({ chunks, ruler, blocks }: Buckets, collection: CollectionEndpoint | undefined): void {
    const { network: config, namespace, logs, traces } = this.config;
    const seen = { ...this.endpoints(), ...(collection ? { collection } : {}) };
    const buckets = { logs: [chunks, ruler], traces: blocks ? [blocks] : [] };
    const sends = {
      alerts: logs.ruler.alertmanagerUrl !== undefined,
      logsMetrics: logs.ruler.remoteWriteUrl !== undefined,
      tracesMetrics: traces.metricsGenerator.remoteWriteUrl !== undefined,
    };
    new Network(`${this.name}-network`, { config, namespace, ...seen, buckets, sends }, this.room);
  }

  private endpoints(): { logs: LogsEndpoint; traces?: TracesEndpoint } {
    return { logs: this.logs, ...(this.traces ? { traces: this.traces } : {}) };
  }
}

const bucketNames = (bindings: Readonly<Record<string, BucketBinding | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(bindings).flatMap(([purpose, binding]) => (binding?.kind === "object" ? [[purpose, binding.bucket]] : [])),
  );
