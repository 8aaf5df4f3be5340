import { z } from "zod";
import { anything, kubernetesName, resources, size } from "../../fields";
import { bucketPrefix, common, origin, purpose, reach } from "./common";

const failureDomain = () => z.enum(["osd", "host", "rack", "row", "room", "zone", "region", "datacenter"]);
const replicas = () => z.int().min(1).max(9);
const port = () => z.int().min(1).max(65535);

const metadataPool = z.strictObject({
  replicas: replicas().default(3),
  failureDomain: failureDomain().default("host"),
  deviceClass: z.string().min(1).optional(),
});

const dataPool = z.strictObject({
  replicas: replicas().optional(),
  /** Instead of replicas: less space for the same safety, more work per object. */
  erasureCoded: z.strictObject({ dataChunks: z.int().min(2).max(16), codingChunks: z.int().min(1).max(8) }).optional(),
  failureDomain: failureDomain().default("host"),
  deviceClass: z.string().min(1).optional(),
  compression: z.enum(["none", "passive", "aggressive", "force"]).optional(),
});

/** A certificate authority's certificate: in the configuration (it is public), or a Secret that exists in the workloads' namespace. */
export const certificateAuthority = z
  .strictObject({
    certificate: z
      .string()
      .regex(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/, {
        error: "a certificate in PEM, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----",
      })
      .optional(),
    secret: z.strictObject({ name: kubernetesName(), key: z.string().min(1).default("ca.crt") }).optional(),
  })
  .refine((ca) => (ca.certificate === undefined) !== (ca.secret === undefined), { error: "either certificate or secret" });

const tls = z.strictObject({
  port: port().default(443),
  /** A Secret of type kubernetes.io/tls in the store's namespace; it must name rook-ceph-rgw-<name>.<namespace>.svc. */
  certificateSecret: kubernetesName(),
  /** Left out, clients trust what they trust anyway. */
  ca: certificateAuthority.optional(),
});

const probe = z.strictObject({ readiness: z.boolean().default(true), startup: z.boolean().default(true) });

const vault = {
  address: origin("https://vault.example.com:8200"),
  /** A Secret in the store's namespace that holds the token under `token`. */
  tokenSecret: kubernetesName(),
  secretEngine: z.enum(["transit", "kv"]).default("transit"),
  backendPath: z.string().min(1).optional(),
};

const encryption = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  /** SSE-S3: the gateway encrypts every object with keys from Vault's transit engine. */
  z.strictObject({ kind: z.literal("sse-s3"), ...vault }),
  /** SSE-KMS: clients name a key of Vault's. */
  z.strictObject({ kind: z.literal("sse-kms"), ...vault }),
]);

const objectStore = z.strictObject({
  name: kubernetesName().default("granary"),
  namespace: kubernetesName().default("rook-ceph"),
  /** The store is there already, made by someone else; Granary adds users and buckets to it. */
  existing: z.boolean().default(false),
  metadataPool: metadataPool.optional(),
  dataPool: dataPool.optional(),
  preservePoolsOnDelete: z.boolean().optional(),
  gateway: z
    .strictObject({
      instances: z.int().min(1).max(32).optional(),
      /** Plain HTTP. Left out with `tls`, no such port is opened. */
      port: port().optional(),
      tls: tls.optional(),
      resources: resources().optional(),
      placement: anything().optional(),
      priorityClass: kubernetesName().optional(),
      serviceAnnotations: z.record(z.string(), z.string()).optional(),
      /** Writes each request to the log of a container beside the gateway. */
      operationsLog: z.boolean().default(false),
      /** Settings of Ceph's gateway, such as rgw_bucket_counters_cache. */
      config: z.record(z.string(), z.string()).default({}),
    })
    .prefault({}),
  healthCheck: probe.prefault({}),
  /** Where clients find the gateway, if not in pods of its own: on the nodes' network, or outside the cluster. */
  reach: reach().optional(),
  encryption: encryption.prefault({ kind: "none" }),
});

const quota = z.strictObject({ maxSize: size().optional(), maxObjects: z.int().min(1).optional() });

export const rookCephSchema = z.strictObject({
  kind: z.literal("rook-ceph"),
  bucketPrefix: bucketPrefix().default("granary"),
  ...common,
  objectStore: objectStore.prefault({}),
  operator: z
    .strictObject({
      namespace: kubernetesName().default("rook-ceph"),
      /** Claims' policies need a setting of the operator: look that it is there, set it, or take it for granted. */
      claimFields: z.enum(["verify", "set", "assume"]).default("verify"),
    })
    .prefault({}),
  quotas: z.record(purpose(), quota).default({}),
  /** Ceph's exporter serves the gateway's metrics; Rook itself watches it when the CephCluster's monitoring is enabled. */
  serviceMonitor: z.boolean().default(false),
});
