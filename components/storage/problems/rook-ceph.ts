import type { Problem } from "../../config/problems";
import type { StorageOf } from "../../config/schema/storage";
import { at, type Check, type Facts, forKind, isProduction, purposesOf, unknownNames, when } from "./check";

type RookCeph = StorageOf<"rook-ceph">;
const path = "storage.objectStore";

const someoneElses = forKind("rook-ceph", ({ objectStore }) => {
  if (!objectStore.existing) return [];
  const { metadataPool, dataPool, preservePoolsOnDelete, gateway, healthCheck, encryption } = objectStore;
  const set: Record<string, unknown> = {
    metadataPool,
    dataPool,
    preservePoolsOnDelete,
    "gateway.instances": gateway.instances,
    "gateway.resources": gateway.resources,
    "gateway.placement": gateway.placement,
    "gateway.priorityClass": gateway.priorityClass,
    "gateway.serviceAnnotations": gateway.serviceAnnotations,
    "gateway.config": Object.keys(gateway.config).length > 0 ? gateway.config : undefined,
    "gateway.operationsLog": gateway.operationsLog || undefined,
    healthCheck: healthCheck.readiness && healthCheck.startup ? undefined : healthCheck,
    encryption: encryption.kind === "none" ? undefined : encryption,
  };
  return Object.entries(set).flatMap(([key, value]) =>
    when(
      value !== undefined,
      `${path}.${key}`,
      () => "leave it out: an existing store is made by someone else, and Granary only adds users and buckets",
    ),
  );
});

const pools = forKind("rook-ceph", ({ objectStore: { dataPool, metadataPool, existing } }, facts) => {
  if (existing) return [];
  const twice = dataPool?.replicas !== undefined && dataPool.erasureCoded !== undefined;
  const few = (copies: number | undefined) => isProduction(facts) && copies !== undefined && copies < 3;
  const needs = (count: number | undefined) =>
    `found ${count}; a ${facts.config.environment} stack keeps 3 copies or more, so that one can be lost while another is restored`;
  const coded = dataPool?.erasureCoded;
  return [
    ...when(twice, `${path}.dataPool`, () => "has both replicas and erasureCoded; a pool keeps its data one way or the other"),
    ...when(few(dataPool?.replicas), `${path}.dataPool.replicas`, () => needs(dataPool?.replicas)),
    ...when(few(metadataPool?.replicas), `${path}.metadataPool.replicas`, () => needs(metadataPool?.replicas)),
    ...when(
      coded !== undefined && coded.codingChunks >= coded.dataChunks + 1,
      `${path}.dataPool.erasureCoded.codingChunks`,
      () =>
        `found ${coded?.codingChunks} for ${coded?.dataChunks} data chunks, which takes more space than replicas do; use replicas, or fewer coding chunks`,
    ),
    ...when(
      isProduction(facts) && coded?.codingChunks === 1,
      `${path}.dataPool.erasureCoded.codingChunks`,
      () => `found 1; a ${facts.config.environment} stack needs 2 or more, so that one can be lost while another is restored`,
    ),
  ];
});

const gateway = forKind("rook-ceph", ({ objectStore: { gateway, existing, namespace } }, facts) => {
  const { tls, port, instances } = gateway;
  const { config } = facts;
  return [
    ...when(
      tls !== undefined && port !== undefined && !existing,
      `${path}.gateway.port`,
      () => "leave it out: with tls no plain HTTP port is opened, since no policy can close it again",
    ),
    ...when(
      tls === undefined && isProduction(facts),
      `${path}.gateway.tls`,
      () => `is missing; a ${config.environment} stack speaks TLS: {port: 443, certificateSecret: name}`,
    ),
    ...when(
      isProduction(facts) && !existing && instances === 1,
      `${path}.gateway.instances`,
      () => `found 1; a ${config.environment} stack needs 2 or more to stay up while one is replaced`,
    ),
    ...when(
      namespace === config.namespace,
      `${path}.namespace`,
      () =>
        `found ${namespace}, where the workloads are: claims put the owner's key there, which no workload may read; take the namespace of the CephCluster`,
    ),
    ...when(
      tls?.ca?.secret !== undefined && tls.ca.secret.name === tls.certificateSecret && tls.ca.secret.key === "tls.key",
      `${path}.gateway.tls.ca.secret.key`,
      () => "found tls.key, which is the private key; the authority's certificate is ca.crt or tls.crt",
    ),
  ];
});

const encryption = forKind("rook-ceph", ({ objectStore: { encryption } }, facts) => {
  if (encryption.kind === "none") return [];
  return [
    ...when(
      encryption.kind === "sse-s3" && encryption.secretEngine !== "transit",
      `${path}.encryption.secretEngine`,
      () => `found ${encryption.secretEngine}; SSE-S3 works with Vault's transit engine alone`,
    ),
    ...when(
      isProduction(facts) && encryption.address.startsWith("http://"),
      `${path}.encryption.address`,
      () => `found ${encryption.address}; keys travel over https in a ${facts.config.environment} stack`,
    ),
  ];
});

const quotas = forKind("rook-ceph", ({ quotas }: RookCeph, facts: Facts): Problem[] => [
  ...unknownNames("storage.quotas", Object.keys(quotas), purposesOf(facts), "bucket"),
  ...Object.entries(quotas).flatMap(([purpose, { maxSize, maxObjects }]) =>
    maxSize || maxObjects ? [] : [at(`storage.quotas.${purpose}`, "limits nothing; it takes maxSize, maxObjects or both")],
  ),
]);

const versioning = forKind("rook-ceph", ({ versioning }) =>
  when(
    versioning === true,
    "storage.versioning",
    () => "found true, but Rook's bucket claims have no field for it: the buckets would have no versions; leave it out",
  ),
);

export const rookCephChecks: readonly Check[] = [someoneElses, pools, gateway, encryption, quotas, versioning];
