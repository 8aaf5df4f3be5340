// The operators whose definitions Granary's custom resources need.

/** By API group: what to install, or which setting does without it. */
const operators: Readonly<Record<string, string>> = {
  "ceph.rook.io": "Rook's operator with its definitions",
  "cilium.io": "Cilium, or set granary:network.plugin: standard",
  "external-secrets.io": "the External Secrets Operator, or choose another granary:secrets.source",
  "grafana.integreatly.org": "the grafana-operator, or set granary:observe.grafana.provision to sidecar or none",
  "monitoring.coreos.com": "the Prometheus operator, or set granary:observe.metrics.enabled and granary:observe.alerts.enabled to false",
  "objectbucket.io": "Rook's operator with its definitions",
  "tempo.grafana.com": "the Tempo operator, or set granary:traces.kind: monolithic",
};

export const operatorFor = (group: string): string => operators[group] ?? `the operator that defines ${group}`;

/** `ceph.rook.io/v1` -> `ceph.rook.io`. */
export const groupOf = (apiVersion: string): string => apiVersion.split("/")[0] ?? "";

/** `kubernetes:ceph.rook.io/v1:CephObjectStore` -> `CephObjectStore`. */
export const kindOf = (type: string): string => type.split(":").at(-1) ?? "";
