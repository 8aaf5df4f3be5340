import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { GranaryConfig } from "../config/schema";
import { releaseOptions } from "../helm/release";
import { TempoStack } from "../kubernetes/custom-resources";
import { type BucketBinding, isObject } from "../storage/store";
import type { TracesEndpoint } from "./endpoint";
import { isMultiTenant, singleTenant, type TempoInput, type TracesConfig } from "./input";
import { roleSecret, tempoStackSpec } from "./stack";
import { tempoValues } from "./values";
import { release, stack, tempoChart } from "./versions";

export interface TracesArgs {
  readonly config: TracesConfig;
  readonly tenants: GranaryConfig["tenants"];
  readonly namespace: string;
  readonly blocks: BucketBinding;
}

/** Tempo, which takes in, keeps and answers for traces. */
export class Traces extends pulumi.ComponentResource {
  readonly endpoint: TracesEndpoint;
  /** The release or the custom resource, for those who must wait for it. */
  readonly workload: pulumi.CustomResource;

  constructor(name: string, args: TracesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("granary:traces:Tempo", name, {}, opts);
    this.workload = args.config.kind === "monolithic" ? this.installChart(name, args) : this.declareStack(name, args);
    this.endpoint = endpointOf(args);
    this.registerOutputs({ endpoint: this.endpoint });
  }

  private installChart(name: string, input: TempoInput): pulumi.CustomResource {
    return new kubernetes.helm.v3.Release(
      `${name}-release`,
      {
        name: release,
        ...tempoChart,
        namespace: input.namespace,
        values: tempoValues(input),
        ...releaseOptions(input.config.release, 900),
      },
      { parent: this, dependsOn: [...input.blocks.ready] },
    );
  }

  private declareStack(name: string, input: TempoInput): pulumi.CustomResource {
    const secretName = this.storageSecret(name, input);
    return new TempoStack(
      `${name}-stack`,
      { metadata: { name: stack, namespace: input.namespace }, spec: tempoStackSpec(input, secretName) },
      { parent: this, dependsOn: [...input.blocks.ready] },
    );
  }

  /** Static keys come in the operator's own shape. A role has no key: its secret only says which bucket, where, as whom. */
  private storageSecret(name: string, { blocks, namespace }: TempoInput): string {
    if (!isObject(blocks)) return "";
    if (blocks.credentials.kind === "secret") return blocks.credentials.secretName;
    const secretName = `tempo-${stack}-storage`;
    const stringData = roleSecret(blocks, blocks.credentials.roleArn);
    new kubernetes.core.v1.Secret(`${name}-storage`, { metadata: { name: secretName, namespace }, stringData }, { parent: this });
    return secretName;
  }
}

export function endpointOf({ config, tenants, namespace }: Pick<TracesArgs, "config" | "tenants" | "namespace">): TracesEndpoint {
  const host = (component: string): string =>
    config.kind === "tempostack"
      ? `tempo-${stack}-${component}.${namespace}.svc.cluster.local`
      : `${release}.${namespace}.svc.cluster.local`;
  const { remoteWriteUrl, processors } = config.metricsGenerator;
  return {
    namespace,
    release: config.kind === "tempostack" ? stack : release,
    otlpGrpc: `${host("distributor")}:4317`,
    queryUrl: `http://${host("query-frontend")}:3200`,
    tenant: tenants[0]?.name ?? singleTenant,
    singleTenant,
    multiTenant: isMultiTenant(tenants),
    kind: config.kind,
    metrics: remoteWriteUrl ? processors : [],
    ...encryptedPrograms(config),
  };
}

/** All but the frontend, which without a gateway stays open for those who ask. */
function encryptedPrograms({ kind, operator, metricsGenerator }: TracesConfig): Pick<TracesEndpoint, "encrypted"> {
  if (kind === "monolithic" || operator.httpEncryption === false) return {};
  const generator = metricsGenerator.remoteWriteUrl ? ["metrics-generator"] : [];
  return { encrypted: ["compactor", "distributor", "ingester", "querier", ...generator] };
}
