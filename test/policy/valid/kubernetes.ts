// One valid resource of each kind that a stack on Kubernetes has, and that belong together.
import type { Resource } from "../../../policy/resource";
import { alloyConfig, datasources, lokiConfig, tempoConfig } from "./configurations";
import { made, metadata } from "./make";

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
