// The same, as the Tempo operator wants to be told.

import { goDuration } from "../config/units";
import type { TempoStackSpec } from "../kubernetes/generated/TempoStack.gen";
import { isObject, type ObjectBinding } from "../storage/store";
import { mergeOver } from "../text/merge";
import type { Plain } from "../text/yaml";
import { isMultiTenant, type TempoInput, tagOf } from "./input";
import { stackResources, walDisk } from "./sizes";
import { stackLimits } from "./stack-limits";

/** Static keys and roles are told apart aloud: the operator guesses wrong as soon as a static secret names a region. */
const credentialMode = (kind: "secret" | "irsa" | "pod-identity"): "static" | "token" => (kind === "secret" ? "static" : "token");

/** What the operator wants to know of a role: which bucket, where, as whom. There is no key in it. */
export const roleSecret = <Role>({ bucket, endpoint }: ObjectBinding, roleArn: Role) => ({
  bucket,
  region: endpoint.region,
  role_arn: roleArn,
});

function retention({ config, tenants }: TempoInput): NonNullable<TempoStackSpec["retention"]> {
  const own = tenants.flatMap(({ name, traces }) => (traces?.retention ? [[name, { traces: goDuration(traces.retention) }] as const] : []));
  return { global: { traces: goDuration(config.retention) }, ...(own.length > 0 ? { perTenant: Object.fromEntries(own) } : {}) };
}

/** What the operator has no field for. */
function extra({ config, tenants }: TempoInput, { prefix, endpoint }: ObjectBinding): Plain {
  const made = {
    compactor: { compaction: { compacted_block_retention: goDuration(config.blocks.compactedRetention) } },
    ingester: {
      flush_all_on_shutdown: true,
      max_block_bytes: config.blocks.maxSize.bytes,
      max_block_duration: goDuration(config.blocks.maxDuration),
    },
    ...(isMultiTenant(tenants) ? { multitenancy_enabled: true } : {}),
    // Without its prefix Tempo would write at the root of a shared bucket, where neither its grants nor its expiries reach.
    storage: {
      trace: {
        s3: { forcepathstyle: endpoint.pathStyle, region: endpoint.region, ...(prefix ? { prefix: prefix.replace(/\/$/, "") } : {}) },
      },
    },
    usage_report: { reporting_enabled: false },
  };
  return mergeOver(made, config.extraConfig) as Plain;
}

export function tempoStackSpec(input: TempoInput, secretName: string): TempoStackSpec {
  const { config, blocks } = input;
  if (!isObject(blocks)) throw new Error("A TempoStack needs an object store: set traces.kind to monolithic to keep traces on a disk.");
  const { remoteWriteUrl, processors } = config.metricsGenerator;
  const { registry, repository } = config.image;
  return {
    extraConfig: { tempo: extra(input, blocks) },
    images: { tempo: `${registry}/${repository}:${tagOf(config.image)}` },
    limits: stackLimits(input),
    // The operator's own policies let every pod of the cluster send spans and ask, and Tempo talk to the world; they would add to Granary's.
    networkPolicy: { enabled: false },
    replicationFactor: config.operator.replicationFactor ?? (config.size === "production" ? 3 : 1),
    resources: { total: stackResources(config) },
    retention: retention(input),
    search: {
      defaultResultLimit: config.search.defaultLimit,
      maxDuration: goDuration(config.search.maxDuration),
      maxResultLimit: config.search.maxLimit,
    },
    storage: {
      secret: { credentialMode: credentialMode(blocks.credentials.kind), name: secretName, type: "s3" },
      // Without this flag the operator speaks plain http to the store, even when its endpoint says https.
      tls: { enabled: blocks.endpoint.tls, ...(config.operator.caConfigMap ? { caName: config.operator.caConfigMap } : {}) },
    },
    storageSize: walDisk(config),
    ...(config.storageClass ? { storageClassName: config.storageClass } : {}),
    template: {
      queryFrontend: { jaegerQuery: { enabled: config.jaegerUi } },
      ...(remoteWriteUrl ? { metricsGenerator: { enabled: true, processors, remoteWriteURLs: [remoteWriteUrl] } } : {}),
    },
  };
}
