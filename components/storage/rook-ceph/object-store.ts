// The object store's specification, from the configuration alone.

import type { StorageOf } from "../../config/schema/storage";
import { kubernetesQuantity, type Size } from "../../config/units";
import type { CephObjectStoreSpec } from "../../kubernetes/generated/CephObjectStore.gen";
import type { Endpoint } from "../store";

export type RookCephConfig = StorageOf<"rook-ceph">;
type ObjectStoreConfig = RookCephConfig["objectStore"];
type Gateway = NonNullable<CephObjectStoreSpec["gateway"]>;

const defaultPort = 80;
/** Pods listen there for plain HTTP whatever the service's port is; for TLS both are the same. */
const podHttpPort = 8080;

export function objectStoreSpec(store: ObjectStoreConfig): CephObjectStoreSpec {
  const { metadataPool, dataPool, preservePoolsOnDelete, healthCheck } = store;
  const spec: CephObjectStoreSpec = {
    metadataPool: replicatedPool(metadataPool ?? { replicas: 3, failureDomain: "host" }),
    dataPool: dataPoolSpec(dataPool),
    preservePoolsOnDelete: preservePoolsOnDelete ?? true,
    gateway: gatewaySpec(store),
    healthCheck: {
      readinessProbe: { disabled: !healthCheck.readiness },
      startupProbe: { disabled: !healthCheck.startup },
    },
  };
  const security = securitySpec(store.encryption);
  return security ? { ...spec, security } : spec;
}

interface Replicated {
  readonly replicas: number;
  readonly failureDomain: string;
  readonly deviceClass?: string | undefined;
}

function replicatedPool({ replicas, failureDomain, deviceClass }: Replicated) {
  return {
    failureDomain,
    // One replica is for a single disk; Ceph asks to be told that this is meant.
    replicated: { size: replicas, requireSafeReplicaSize: replicas > 1 },
    ...(deviceClass ? { deviceClass } : {}),
  };
}

function dataPoolSpec(pool: ObjectStoreConfig["dataPool"]): NonNullable<CephObjectStoreSpec["dataPool"]> {
  const { replicas = 3, erasureCoded, failureDomain = "host", deviceClass, compression } = pool ?? {};
  const compressed = compression ? { parameters: { compression_mode: compression } } : {};
  if (!erasureCoded) return { ...replicatedPool({ replicas, failureDomain, deviceClass }), ...compressed };
  return { failureDomain, erasureCoded, ...(deviceClass ? { deviceClass } : {}), ...compressed };
}

function gatewaySpec({ gateway }: ObjectStoreConfig): Gateway {
  const { instances = 2, tls, placement, priorityClass, serviceAnnotations, operationsLog, config } = gateway;
  const port = gateway.port ?? (tls ? undefined : defaultPort);
  const resources = resourcesSpec(gateway.resources);
  return {
    instances,
    ...(port ? { port } : {}),
    ...(tls ? { securePort: tls.port, sslCertificateRef: tls.certificateSecret } : {}),
    ...(resources ? { resources } : {}),
    ...(placement ? { placement: placement as NonNullable<Gateway["placement"]> } : {}),
    ...(priorityClass ? { priorityClassName: priorityClass } : {}),
    ...(serviceAnnotations ? { service: { annotations: serviceAnnotations } } : {}),
    ...(operationsLog ? { opsLogSidecar: {} } : {}),
    ...(Object.keys(config).length > 0 ? { rgwConfig: config } : {}),
  };
}

type Amounts = { cpu?: string | undefined; memory?: Size | undefined } | undefined;

function resourcesSpec(resources: ObjectStoreConfig["gateway"]["resources"]): NonNullable<Gateway["resources"]> | undefined {
  if (!resources) return undefined;
  const amounts = (of: Amounts) => ({
    ...(of?.cpu ? { cpu: of.cpu } : {}),
    ...(of?.memory ? { memory: kubernetesQuantity(of.memory) } : {}),
  });
  return { requests: amounts(resources.requests), limits: amounts(resources.limits) };
}

function securitySpec(encryption: ObjectStoreConfig["encryption"]): CephObjectStoreSpec["security"] {
  if (encryption.kind === "none") return undefined;
  const connection = {
    tokenSecretName: encryption.tokenSecret,
    connectionDetails: {
      KMS_PROVIDER: "vault",
      VAULT_ADDR: encryption.address,
      VAULT_AUTH_METHOD: "token",
      VAULT_SECRET_ENGINE: encryption.secretEngine,
      ...(encryption.backendPath ? { VAULT_BACKEND_PATH: encryption.backendPath } : {}),
    },
  };
  return encryption.kind === "sse-s3" ? { s3: connection } : { kms: connection };
}

/** Where clients in the cluster reach the store. `ca` is a Secret in their own namespace. */
export function rookEndpoint({ name, namespace, gateway, reach }: ObjectStoreConfig, ca?: Endpoint["ca"]): Endpoint {
  const { tls } = gateway;
  const port = tls?.port ?? gateway.port ?? defaultPort;
  const host = `rook-ceph-rgw-${name}.${namespace}.svc:${port}`;
  return {
    url: `${tls ? "https" : "http"}://${host}`,
    host,
    // Ceph's gateway has no regions; clients that insist get the one that they assume.
    region: "us-east-1",
    pathStyle: true,
    tls: tls !== undefined,
    ...(ca ? { ca } : {}),
    reach: reach ?? {
      kind: "namespace",
      namespace,
      podLabels: { app: "rook-ceph-rgw", rook_object_store: name },
      port: tls ? tls.port : podHttpPort,
    },
  };
}
