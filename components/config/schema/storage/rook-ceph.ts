import { z } from "zod";
import { anything, kubernetesName, resources, size } from "../../fields";
import { bucketPrefix, common, origin, purpose, reach } from "./common";

const failureDomain = () => z.enum(["osd", "host", "rack", "row", "room", "zone", "region", "datacenter"]);
const replicas = () => z.int().min(1).max(9);
const port = () => z.int().min(1).max(65535);

const metadataPool = z.strictObject({
  replicas: replicas().default(3).describe("How many copies there are."),
  failureDomain: failureDomain().default("host").describe("What two copies never share."),
  deviceClass: z.string().min(1).optional().describe("Only on disks of this class."),
});

const dataPool = z.strictObject({
  replicas: replicas().optional().describe("How many copies there are; 3 when left out."),
  erasureCoded: z
    .strictObject({
      dataChunks: z.int().min(2).max(16).describe("Into how many parts an object is cut."),
      codingChunks: z.int().min(1).max(8).describe("How many parts may be lost."),
    })
    .optional()
    .describe("Instead of replicas: less space for the same safety, more work per object."),
  failureDomain: failureDomain().default("host").describe("What two copies never share."),
  deviceClass: z.string().min(1).optional().describe("Only on disks of this class."),
  compression: z.enum(["none", "passive", "aggressive", "force"]).optional().describe("Whether Ceph compresses objects."),
});

/** A certificate authority's certificate: in the configuration (it is public), or a Secret that exists in the workloads' namespace. */
export const certificateAuthority = z
  .strictObject({
    certificate: z
      .string()
      .regex(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/, {
        error: "a certificate in PEM, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----",
      })
      .optional()
      .describe("The authority's certificate in PEM; it is public."),
    secret: z
      .strictObject({
        name: kubernetesName().describe("The Secret's name."),
        key: z.string().min(1).default("ca.crt").describe("Its key with the certificate."),
      })
      .optional()
      .describe("A Secret that holds it, in the workloads' namespace."),
  })
  .refine((ca) => (ca.certificate === undefined) !== (ca.secret === undefined), { error: "either certificate or secret" });

const tls = z.strictObject({
  port: port().default(443).describe("The port on which the gateway listens."),
  certificateSecret: kubernetesName().describe(
    "A Secret of type kubernetes.io/tls in the store's namespace; it must name rook-ceph-rgw-<name>.<namespace>.svc.",
  ),
  ca: certificateAuthority.optional().describe("The authority of the certificate; clients trust what they trust anyway when left out."),
});

const probe = z.strictObject({
  readiness: z.boolean().default(true).describe("Whether gateways are asked if they are ready."),
  startup: z.boolean().default(true).describe("Whether gateways are asked if they have started."),
});

const vault = {
  address: origin("https://vault.example.com:8200").describe("Where Vault answers."),
  tokenSecret: kubernetesName().describe("A Secret in the store's namespace that holds the token under `token`."),
  secretEngine: z.enum(["transit", "kv"]).default("transit").describe("Which of Vault's engines holds the keys."),
  backendPath: z.string().min(1).optional().describe("Where that engine is mounted."),
};

const encryption = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none").describe("Which of them this is.") }),
  /** SSE-S3: the gateway encrypts every object with keys from Vault's transit engine. */
  z.strictObject({ kind: z.literal("sse-s3").describe("Which of them this is."), ...vault }),
  /** SSE-KMS: clients name a key of Vault's. */
  z.strictObject({ kind: z.literal("sse-kms").describe("Which of them this is."), ...vault }),
]);

const objectStore = z.strictObject({
  name: kubernetesName().default("granary").describe("The CephObjectStore's name."),
  namespace: kubernetesName().default("rook-ceph").describe("Its namespace, where the CephCluster is."),
  existing: z.boolean().default(false).describe("The store is there already, made by someone else; Granary adds users and buckets to it."),
  metadataPool: metadataPool.optional().describe("The pool for indexes and metadata."),
  dataPool: dataPool.optional().describe("The pool for objects."),
  preservePoolsOnDelete: z.boolean().optional().describe("Whether pools outlive the object store; they do when left out."),
  gateway: z
    .strictObject({
      instances: z.int().min(1).max(32).optional().describe("How many of them run; 2 when left out."),
      port: port().optional().describe("Plain HTTP. Left out with `tls`, no such port is opened."),
      tls: tls.optional().describe("HTTPS alone."),
      resources: resources().optional().describe("What each of them may use."),
      placement: anything().optional().describe("On which nodes they run, in Rook's words."),
      priorityClass: kubernetesName().optional().describe("Which pods make room for them on a full node."),
      serviceAnnotations: z.record(z.string(), z.string()).optional().describe("Annotations of their Service."),
      operationsLog: z.boolean().default(false).describe("Writes each request to the log of a container beside the gateway."),
      config: z.record(z.string(), z.string()).default({}).describe("Settings of Ceph's gateway, such as rgw_bucket_counters_cache."),
    })
    .prefault({})
    .describe("The gateways, which speak S3."),
  healthCheck: probe.prefault({}).describe("The gateways' probes."),
  reach: reach()
    .optional()
    .describe("Where clients find the gateway, if not in pods of its own: on the nodes' network, or outside the cluster."),
  encryption: encryption.prefault({ kind: "none" }).describe("Encryption of objects by keys in Vault."),
});

const quota = z.strictObject({
  maxSize: size().optional().describe("How many bytes the bucket may hold."),
  maxObjects: z.int().min(1).optional().describe("How many objects the bucket may hold."),
});

export const rookCephSchema = z.strictObject({
  kind: z.literal("rook-ceph").describe("Which of them this is."),
  bucketPrefix: bucketPrefix().default("granary").describe("What the buckets' and users' names begin with."),
  ...common,
  objectStore: objectStore.prefault({}).describe("The object store."),
  operator: z
    .strictObject({
      namespace: kubernetesName().default("rook-ceph").describe("The operator's namespace."),
      claimFields: z
        .enum(["verify", "set"])
        .default("verify")
        .describe(
          "Rook rejects Granary's bucket claims unless its setting `ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS` allows their fields. `verify` expects that you set it; `set` lets Granary write it into the ConfigMap `rook-ceph-operator-config`.",
        ),
    })
    .prefault({})
    .describe("Rook's operator."),
  quotas: z.record(purpose(), quota).default({}).describe("What each bucket may hold, by purpose."),
  serviceMonitor: z
    .boolean()
    .default(false)
    .describe("Ceph's exporter serves the gateway's metrics; Rook itself watches it when the CephCluster's monitoring is enabled."),
});
