import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { GranaryConfig } from "../config/schema";
import type { BucketBinding } from "../storage/store";
import type { LogsEndpoint } from "./endpoint";
import { isMultiTenant, type LokiInput, singleTenant } from "./input";
import type { LogsConfig } from "./sizes";
import { addresses } from "./topology";
import { lokiValues } from "./values";
import { lokiChart, release } from "./versions";

export interface LogsArgs {
  readonly config: LogsConfig;
  readonly tenants: GranaryConfig["tenants"];
  readonly namespace: string;
  readonly chunks: BucketBinding;
  readonly ruler: BucketBinding;
}

/** Loki, which takes in, keeps and answers for logs. */
export class Logs extends pulumi.ComponentResource {
  readonly endpoint: LogsEndpoint;
  readonly release: kubernetes.helm.v3.Release;

  constructor(name: string, args: LogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("granary:logs:Loki", name, {}, opts);
    this.release = this.install(name, args);
    this.endpoint = endpointOf(args);
    this.registerOutputs({ endpoint: this.endpoint });
  }

  private install(name: string, input: LokiInput): kubernetes.helm.v3.Release {
    return new kubernetes.helm.v3.Release(
      `${name}-release`,
      { name: release, ...lokiChart, namespace: input.namespace, values: lokiValues(input), timeout: 900 },
      { parent: this, dependsOn: [...input.chunks.ready, ...input.ruler.ready] },
    );
  }
}

export function endpointOf({ config, tenants, namespace }: Pick<LogsArgs, "config" | "tenants" | "namespace">): LogsEndpoint {
  const { push, query } = addresses(config.mode, namespace);
  return {
    namespace,
    release,
    pushUrl: `${push}/loki/api/v1/push`,
    queryUrl: query,
    tenant: tenants[0]?.name ?? singleTenant,
    multiTenant: isMultiTenant(tenants),
    mode: config.mode,
  };
}
