// Waits for the operators: an object of theirs counts as created when its status says that it is ready.
import * as pulumi from "@pulumi/pulumi";
import type { GranaryConfig } from "../config/schema";
import { goDuration } from "../config/units";
import { allowedClaimFields, claimFieldsSetting, operatorConfigMap } from "./rook-operator";

type OperatorsConfig = GranaryConfig["cluster"]["operators"];

/**
 * By type, in the syntax of the annotation `pulumi.com/waitFor`. Kinds that report nothing (ServiceMonitor, PrometheusRule), or nothing
 * that they reach without a matching Grafana (GrafanaDashboard), are not here. The External Secrets Operator copies annotations to the
 * Secret only where an ExternalSecret has no template; Granary's have one. The other operators copy none.
 */
export const readiness: Readonly<Record<string, string>> = {
  "kubernetes:ceph.rook.io/v1:CephObjectStore": "jsonpath={.status.phase}=Ready",
  "kubernetes:ceph.rook.io/v1:CephObjectStoreUser": "jsonpath={.status.phase}=Ready",
  "kubernetes:cert-manager.io/v1:Certificate": "condition=Ready",
  "kubernetes:external-secrets.io/v1:ExternalSecret": "condition=Ready",
  "kubernetes:external-secrets.io/v1:SecretStore": "condition=Ready",
  "kubernetes:objectbucket.io/v1alpha1:ObjectBucketClaim": "jsonpath={.status.phase}=Bound",
  "kubernetes:tempo.grafana.com/v1alpha1:TempoStack": "condition=Ready",
};

const ceph = "Rook needs a healthy CephCluster with OSDs: kubectl get cephcluster -A.";
const secrets = "The operator must reach the outside store, and the Secrets and service accounts that it logs in with must exist.";

/** What an object that is not ready usually lacks. */
export const unreadyHints: Readonly<Record<string, string>> = {
  "kubernetes:ceph.rook.io/v1:CephObjectStore": ceph,
  "kubernetes:ceph.rook.io/v1:CephObjectStoreUser": ceph,
  "kubernetes:cert-manager.io/v1:Certificate": "The Issuer that it names must exist and be ready: kubectl get issuer,clusterissuer -A.",
  "kubernetes:external-secrets.io/v1:ExternalSecret": secrets,
  "kubernetes:external-secrets.io/v1:SecretStore": secrets,
  "kubernetes:objectbucket.io/v1alpha1:ObjectBucketClaim": `Rook rejects a claim unless ${claimFieldsSetting}: "${allowedClaimFields}" is in its operator's ConfigMap ${operatorConfigMap}. Set it there, or set granary:storage.operator.claimFields: set.`,
  "kubernetes:tempo.grafana.com/v1alpha1:TempoStack": "Its pods need their images, volumes and the Secret of the store.",
};

export function waitForOperators({ wait, timeout }: OperatorsConfig): pulumi.ResourceTransformation {
  const limit = goDuration(timeout);
  return ({ type, props, opts }) => {
    const condition = wait ? readiness[type] : undefined;
    if (condition === undefined) return undefined;
    const { metadata } = props;
    const annotations = { ...metadata?.annotations, "pulumi.com/waitFor": condition };
    return {
      props: { ...props, metadata: { ...metadata, annotations } },
      opts: pulumi.mergeOptions(opts, { customTimeouts: { create: limit, update: limit } }),
    };
  };
}
