// The chart's values. Every key here exists in the chart's own values, which a test holds.
import { kubernetesQuantity, parseSize } from "../config/units";
import { credentialsRevision, isObject } from "../storage/store";
import { mergeOver } from "../text/merge";
import { tempoConfig } from "./config";
import { type TempoInput, tagOf } from "./input";
import { tenantOverrides } from "./overrides";
import { paths } from "./paths";
import { tempoResources, walDisk } from "./sizes";
import { release } from "./versions";

/** Values may hold what is known only later, such as a role's name; never a key. */
export type Values = Record<string, unknown>;

const container = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: true };
const pod = {
  fsGroup: 10001,
  fsGroupChangePolicy: "OnRootMismatch",
  runAsGroup: 10001,
  runAsNonRoot: true,
  runAsUser: 10001,
  seccompProfile: { type: "RuntimeDefault" },
};

/** The chart's service opens a port for each endpoint named here, whatever Tempo listens on. Only OTLP is spoken. */
const receivers = {
  jaeger: {
    protocols: { grpc: { endpoint: "" }, thrift_binary: { endpoint: "" }, thrift_compact: { endpoint: "" }, thrift_http: { endpoint: "" } },
  },
};

/** Not `/ready`, the chart's own: a Tempo that replays its log or waits for the store must not be killed for it. */
const alive = { httpGet: { path: "/status/version" }, failureThreshold: 10 };

/** Four fifths of what the container may take: the collector of garbage works harder before the kernel kills. */
function memoryLimit(config: TempoInput["config"]): string {
  const { limits, requests } = tempoResources(config);
  const bytes = parseSize(limits.memory ?? requests.memory ?? "1Gi")?.bytes ?? 2 ** 30;
  return `${Math.floor((bytes / 2 ** 20) * 0.8)}MiB`;
}

function keys({ blocks }: TempoInput): Values {
  if (!isObject(blocks) || blocks.credentials.kind !== "secret") return {};
  return { extraEnvFrom: [{ secretRef: { name: blocks.credentials.secretName } }] };
}

function annotations({ blocks }: TempoInput): Values {
  if (!isObject(blocks) || blocks.credentials.kind !== "secret" || !blocks.credentials.revision) return {};
  return { podAnnotations: { [credentialsRevision]: blocks.credentials.revision } };
}

function account({ blocks }: TempoInput): Values {
  const role = isObject(blocks) && blocks.credentials.kind === "irsa" ? blocks.credentials.roleArn : undefined;
  return { name: release, automountServiceAccountToken: false, ...(role ? { annotations: { "eks.amazonaws.com/role-arn": role } } : {}) };
}

function authority({ blocks }: TempoInput): { readonly mounts: Values; readonly volumes: Values } {
  if (!isObject(blocks) || !blocks.endpoint.ca) return { mounts: {}, volumes: {} };
  const { secretName, key } = blocks.endpoint.ca;
  return {
    mounts: { extraVolumeMounts: [{ name: "store-ca", mountPath: paths.storeAuthority, readOnly: true }] },
    volumes: { extraVolumes: [{ name: "store-ca", secret: { secretName, items: [{ key, path: key }] } }] },
  };
}

function volume({ config, blocks }: TempoInput): Values {
  const size = isObject(blocks) ? walDisk(config) : kubernetesQuantity(blocks.size);
  const storageClassName = (isObject(blocks) ? undefined : blocks.storageClass) ?? config.storageClass;
  return { enabled: true, size, ...(storageClassName ? { storageClassName } : {}) };
}

export function tempoValues(input: TempoInput): Values {
  const { config } = input;
  const { mounts, volumes } = authority(input);
  const { registry, repository, tag } = config.image;
  const values: Values = {
    config: tempoConfig(input),
    fullnameOverride: release,
    persistence: volume(input),
    replicas: 1,
    securityContext: pod,
    serviceAccount: account(input),
    tempo: {
      registry,
      repository,
      tag: tagOf(config.image),
      extraEnv: [{ name: "GOMEMLIMIT", value: memoryLimit(config) }],
      livenessProbe: alive,
      memBallastSizeMbs: 0,
      per_tenant_overrides: tenantOverrides(input),
      receivers,
      resources: tempoResources(config),
      securityContext: container,
      ...keys(input),
      ...mounts,
    },
    tempoQuery: {
      enabled: config.jaegerUi,
      ...(config.jaegerUi ? { tag, securityContext: { ...container, readOnlyRootFilesystem: false } } : {}),
    },
    ...annotations(input),
    ...volumes,
  };
  return mergeOver(values, config.extraValues);
}
