// The operators' custom resources that Granary makes, typed by their definitions (see scripts/crds.ts).
import { apiextensions } from "@pulumi/kubernetes";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import type { CephObjectStoreSpec } from "./generated/CephObjectStore.gen";
import type { CephObjectStoreUserSpec } from "./generated/CephObjectStoreUser.gen";
import type { ExternalSecretSpec } from "./generated/ExternalSecret.gen";
import type { GrafanaDashboardSpec } from "./generated/GrafanaDashboard.gen";
import type { GrafanaDatasourceSpec } from "./generated/GrafanaDatasource.gen";
import type { ObjectBucketClaimSpec } from "./generated/ObjectBucketClaim.gen";
import type { PodMonitorSpec } from "./generated/PodMonitor.gen";
import type { PrometheusRuleSpec } from "./generated/PrometheusRule.gen";
import type { SecretStoreSpec } from "./generated/SecretStore.gen";
import type { ServiceMonitorSpec } from "./generated/ServiceMonitor.gen";
import type { TempoStackSpec } from "./generated/TempoStack.gen";

/** Every level of a specification may be known only later. */
export type Inputs<T> = T extends (infer Item)[]
  ? Input<Input<Inputs<Item>>[]>
  : T extends object
    ? Input<{ [Key in keyof T]: Inputs<T[Key]> }>
    : Input<T>;

export interface Metadata {
  name: Input<string>;
  namespace: Input<string>;
  labels?: Input<Record<string, Input<string>>>;
  annotations?: Input<Record<string, Input<string>>>;
}

export interface CustomResourceArgs<Spec> {
  metadata: Metadata;
  spec: Inputs<Spec>;
}

abstract class TypedResource<Spec> extends apiextensions.CustomResource {
  constructor(apiVersion: string, kind: string, name: string, args: CustomResourceArgs<Spec>, opts: CustomResourceOptions) {
    super(name, { apiVersion, kind, metadata: args.metadata, spec: args.spec }, opts);
  }
}

export class CephObjectStore extends TypedResource<CephObjectStoreSpec> {
  constructor(name: string, args: CustomResourceArgs<CephObjectStoreSpec>, opts: CustomResourceOptions) {
    super("ceph.rook.io/v1", "CephObjectStore", name, args, opts);
  }
}

export class CephObjectStoreUser extends TypedResource<CephObjectStoreUserSpec> {
  constructor(name: string, args: CustomResourceArgs<CephObjectStoreUserSpec>, opts: CustomResourceOptions) {
    super("ceph.rook.io/v1", "CephObjectStoreUser", name, args, opts);
  }
}

export class ObjectBucketClaim extends TypedResource<ObjectBucketClaimSpec> {
  constructor(name: string, args: CustomResourceArgs<ObjectBucketClaimSpec>, opts: CustomResourceOptions) {
    super("objectbucket.io/v1alpha1", "ObjectBucketClaim", name, args, opts);
  }
}

export class ExternalSecret extends TypedResource<ExternalSecretSpec> {
  constructor(name: string, args: CustomResourceArgs<ExternalSecretSpec>, opts: CustomResourceOptions) {
    super("external-secrets.io/v1", "ExternalSecret", name, args, opts);
  }
}

export class SecretStore extends TypedResource<SecretStoreSpec> {
  constructor(name: string, args: CustomResourceArgs<SecretStoreSpec>, opts: CustomResourceOptions) {
    super("external-secrets.io/v1", "SecretStore", name, args, opts);
  }
}

export class ServiceMonitor extends TypedResource<ServiceMonitorSpec> {
  constructor(name: string, args: CustomResourceArgs<ServiceMonitorSpec>, opts: CustomResourceOptions) {
    super("monitoring.coreos.com/v1", "ServiceMonitor", name, args, opts);
  }
}

export class PodMonitor extends TypedResource<PodMonitorSpec> {
  constructor(name: string, args: CustomResourceArgs<PodMonitorSpec>, opts: CustomResourceOptions) {
    super("monitoring.coreos.com/v1", "PodMonitor", name, args, opts);
  }
}

export class PrometheusRule extends TypedResource<PrometheusRuleSpec> {
  constructor(name: string, args: CustomResourceArgs<PrometheusRuleSpec>, opts: CustomResourceOptions) {
    super("monitoring.coreos.com/v1", "PrometheusRule", name, args, opts);
  }
}

export class TempoStack extends TypedResource<TempoStackSpec> {
  constructor(name: string, args: CustomResourceArgs<TempoStackSpec>, opts: CustomResourceOptions) {
    super("tempo.grafana.com/v1alpha1", "TempoStack", name, args, opts);
  }
}

export class GrafanaDashboard extends TypedResource<GrafanaDashboardSpec> {
  constructor(name: string, args: CustomResourceArgs<GrafanaDashboardSpec>, opts: CustomResourceOptions) {
    super("grafana.integreatly.org/v1beta1", "GrafanaDashboard", name, args, opts);
  }
}

export class GrafanaDatasource extends TypedResource<GrafanaDatasourceSpec> {
  constructor(name: string, args: CustomResourceArgs<GrafanaDatasourceSpec>, opts: CustomResourceOptions) {
    super("grafana.integreatly.org/v1beta1", "GrafanaDatasource", name, args, opts);
  }
}

/** The little of Cilium's policies that Granary writes, by hand: their definition has thousands of lines. */
export interface CiliumNetworkPolicySpec {
  endpointSelector: { matchLabels?: Record<string, string> };
  egress: {
    toEntities: ("host" | "kube-apiserver")[];
    toPorts: { ports: { port: string; protocol: "TCP" | "UDP" }[] }[];
  }[];
}

export class CiliumNetworkPolicy extends TypedResource<CiliumNetworkPolicySpec> {
  constructor(name: string, args: CustomResourceArgs<CiliumNetworkPolicySpec>, opts: CustomResourceOptions) {
    super("cilium.io/v2", "CiliumNetworkPolicy", name, args, opts);
  }
}
