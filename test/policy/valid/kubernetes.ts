// One valid resource of each kind that a stack on Kubernetes has, and that belong together.
import type { Resource } from "../../../policy/resource";
import { document } from "./aws";
import { made } from "./make";

const metadata = (name: string, namespace = "observability") => ({ name, namespace });

export const lokiConfig = `auth_enabled: false
compactor:
  delete_request_store: s3
  retention_delete_delay: 2h
  retention_enabled: true
limits_config:
  retention_period: 30d
schema_config:
  configs:
  - from: "2024-04-01"
    store: tsdb
storage_config:
  object_store:
    s3:
      bucket_name: loki-chunks
      endpoint: s3.eu-central-1.amazonaws.com
      insecure: false
`;
export const tempoConfig = `compactor:
  compaction:
    block_retention: 336h
storage:
  trace:
    backend: s3
    s3:
      bucket: tempo-traces
      endpoint: s3.eu-central-1.amazonaws.com
      insecure: false
`;
export const alloyConfig = `// Pushes what it reads.
loki.write "loki" {
	endpoint {
		url = "http://loki.observability.svc:3100/loki/api/v1/push"
	}
}

otelcol.exporter.otlp "tempo" {
	client {
		endpoint = "tempo.observability.svc:4317"

		tls {
			insecure = true
		}
	}
}
`;
export const datasources = `apiVersion: 1
datasources:
- name: Loki
  type: loki
  url: http://loki.observability.svc:3100
  jsonData:
    timeout: 120
`;

const restricted = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};
export const container = {
  name: "main",
  image: "docker.io/grafana/loki:3.7.8",
  args: ["-config.file=/etc/loki.yaml"],
  env: [{ name: "GOMEMLIMIT", value: "800MiB" }],
  securityContext: restricted,
};

export const claimPolicy = {
  grant: {
    Sid: "Loki",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam:::user/loki" },
    Action: ["s3:GetObject"],
    Resource: ["arn:aws:s3:::ceph-chunks/*"],
  },
  deny: {
    Sid: "Plain",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: ["arn:aws:s3:::ceph-chunks", "arn:aws:s3:::ceph-chunks/*"],
    Condition: { BoolIfExists: { "aws:SecureTransport": "false" } },
  },
};
const lifecycle = JSON.stringify({
  Rules: [{ ID: "abort", Status: "Enabled", Filter: { Prefix: "" }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }],
});

export const kubernetes: Readonly<Record<string, Resource>> = {
  namespace: made("kubernetes:core/v1:Namespace", "observability", {
    metadata: {
      name: "observability",
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
      annotations: { "granary.dev/purpose": "logs" },
    },
  }),
  collection: made("kubernetes:core/v1:Namespace", "collection", {
    metadata: { name: "collection", labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
  }),
  loki: made("kubernetes:helm.sh/v3:Release", "loki", {
    chart: "oci://ghcr.io/grafana-community/helm-charts/loki",
    version: "18.11.0",
    namespace: "observability",
    values: {
      loki: {
        config: lokiConfig,
        image: { registry: "docker.io", repository: "grafana/loki", tag: "3.7.8" },
        containerSecurityContext: { readOnlyRootFilesystem: true },
      },
      defaults: { extraEnvFrom: [{ secretRef: { name: "loki-keys" } }] },
    },
  }),
  tempo: made("kubernetes:helm.sh/v3:Release", "tempo", {
    chart: "oci://ghcr.io/grafana-community/helm-charts/tempo",
    version: "2.2.4",
    namespace: "observability",
    values: {
      config: tempoConfig,
      tempo: { repository: "grafana/tempo", tag: "2.10.8", extraEnv: [{ name: "GOMEMLIMIT", value: "800MiB" }] },
    },
  }),
  alloy: made("kubernetes:helm.sh/v3:Release", "alloy", {
    chart: "alloy",
    version: "1.11.1",
    namespace: "collection",
    repositoryOpts: { repo: "https://grafana.github.io/helm-charts" },
    values: {
      alloy: {
        configMap: { name: "alloy", key: "config.alloy" },
        securityContext: { runAsUser: 0, allowPrivilegeEscalation: false },
        extraEnv: [],
      },
      controller: { type: "daemonset", volumes: { extra: [{ name: "positions", hostPath: { path: "/var/lib/alloy" } }] } },
      image: { tag: "v1.18.1" },
      rbac: { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] },
    },
  }),
  deployment: made("kubernetes:apps/v1:Deployment", "gateway", {
    metadata: metadata("gateway"),
    spec: { template: { spec: { containers: [container], volumes: [{ name: "data", emptyDir: {} }] } } },
  }),
  alloyText: made("kubernetes:core/v1:ConfigMap", "alloy-text", {
    metadata: metadata("alloy", "collection"),
    data: { "config.alloy": alloyConfig },
  }),
  datasources: made("kubernetes:core/v1:ConfigMap", "datasources", {
    metadata: { ...metadata("datasources"), labels: { grafana_datasource: "1" } },
    data: { "granary.yaml": datasources },
  }),
  datasource: made("kubernetes:grafana.integreatly.org/v1beta1:GrafanaDatasource", "datasource", {
    metadata: metadata("loki"),
    spec: { datasource: { name: "Loki", url: "http://loki.observability.svc:3100", jsonData: {} } },
  }),
  denyAll: made("kubernetes:networking.k8s.io/v1:NetworkPolicy", "deny-all", {
    metadata: metadata("deny-all"),
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  }),
  denyAllCollection: made("kubernetes:networking.k8s.io/v1:NetworkPolicy", "deny-all-collection", {
    metadata: metadata("deny-all", "collection"),
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  }),
  toStore: made("kubernetes:networking.k8s.io/v1:NetworkPolicy", "to-store", {
    metadata: metadata("to-store"),
    spec: {
      podSelector: { matchLabels: { app: "loki" } },
      policyTypes: ["Ingress", "Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/16" } }], ports: [{ port: 443 }] }],
      ingress: [{ from: [{ podSelector: { matchLabels: { app: "alloy" } } }] }],
    },
  }),
  ciliumPolicy: made("kubernetes:cilium.io/v2:CiliumNetworkPolicy", "to-api-server", {
    metadata: metadata("to-api-server", "collection"),
    spec: {
      endpointSelector: { matchLabels: { app: "alloy" } },
      egress: [{ toEntities: ["kube-apiserver"], toPorts: [{ ports: [{ port: "6443", protocol: "TCP" }] }] }],
    },
  }),
  clusterRole: made("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "reader", {
    metadata: { name: "reader" },
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }],
  }),
  binding: made("kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding", "reader", {
    roleRef: { kind: "ClusterRole", name: "reader" },
    subjects: [{ kind: "ServiceAccount", name: "alloy", namespace: "collection" }],
  }),
  secretStore: made("kubernetes:external-secrets.io/v1:SecretStore", "store", {
    metadata: metadata("store"),
    spec: { provider: { vault: { server: "https://vault.example.com:8200" } } },
  }),
  externalSecret: made("kubernetes:external-secrets.io/v1:ExternalSecret", "loki-keys", {
    metadata: metadata("loki-keys"),
    spec: {
      target: { name: "loki-keys", template: { data: { AWS_ACCESS_KEY_ID: "{{ .id }}" } } },
      data: [{ secretKey: "id", remoteRef: { key: "loki", property: "id" } }],
    },
  }),
  otherExternalSecret: made("kubernetes:external-secrets.io/v1:ExternalSecret", "tempo-keys", {
    metadata: metadata("tempo-keys"),
    spec: {
      target: { name: "tempo-keys", template: { data: { bucket: "stack-traces", access_key_id: "{{ .id }}" } } },
      data: [{ secretKey: "id", remoteRef: { key: "tempo", property: "id" } }],
    },
  }),
  objectStore: made(
    "kubernetes:ceph.rook.io/v1:CephObjectStore",
    "store",
    {
      metadata: metadata("store", "rook-ceph"),
      spec: { preservePoolsOnDelete: true, gateway: { securePort: 443, sslCertificateRef: "rgw-tls", instances: 2 } },
    },
    { protect: true },
  ),
  objectUser: made("kubernetes:ceph.rook.io/v1:CephObjectStoreUser", "loki-user", {
    metadata: metadata("loki", "rook-ceph"),
    spec: {
      store: "store",
      keys: [{ accessKeyRef: { name: "loki-user-keys", key: "id" }, secretKeyRef: { name: "loki-user-keys", key: "secret" } }],
    },
  }),
  owner: made("kubernetes:ceph.rook.io/v1:CephObjectStoreUser", "owner", {
    metadata: metadata("owner", "rook-ceph"),
    spec: { store: "store" },
  }),
  storageClass: made("kubernetes:storage.k8s.io/v1:StorageClass", "buckets", {
    provisioner: "rook-ceph.ceph.rook.io/bucket",
    reclaimPolicy: "Retain",
  }),
  claim: made(
    "kubernetes:objectbucket.io/v1alpha1:ObjectBucketClaim",
    "claim",
    {
      metadata: metadata("ceph-chunks", "rook-ceph"),
      spec: {
        bucketName: "ceph-chunks",
        storageClassName: "buckets",
        additionalConfig: { bucketOwner: "owner", bucketPolicy: document(claimPolicy.grant, claimPolicy.deny), bucketLifecycle: lifecycle },
      },
    },
    { protect: true },
  ),
  dynamicBucket: made(
    "pulumi-nodejs:dynamic/granary:S3Bucket",
    "hetzner",
    {
      bucket: "hz-chunks",
      endpoint: "https://fsn1.your-objectstorage.com",
      versioning: false,
      forceDestroy: false,
      lifecycle,
      policy: document({
        Effect: "Deny",
        NotPrincipal: { AWS: "arn:aws:iam:::user/p1:LOKI" },
        Action: "s3:*",
        Resource: ["arn:aws:s3:::hz-chunks", "arn:aws:s3:::hz-chunks/*"],
      }),
    },
    { protect: true },
  ),
  tempoStack: made("kubernetes:tempo.grafana.com/v1alpha1:TempoStack", "tempostack", {
    metadata: metadata("tempo"),
    spec: {
      networkPolicy: { enabled: false },
      retention: { global: { traces: "336h" } },
      storage: { secret: { name: "tempo-keys", type: "s3", credentialMode: "static" }, tls: { enabled: true } },
    },
  }),
  command: made("command:local:Command", "command", { create: "granary lifecycle --bucket loki-chunks" }),
  stack: made("pulumi:pulumi:Stack", "granary-prod", { lokiUrl: "http://loki.observability.svc:3100", secretName: "loki-keys" }),
};
