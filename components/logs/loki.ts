import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { GranaryConfig } from "../config/schema";
import { releaseOptions } from "../helm/release";
import type { BucketBinding } from "../storage/store";
import type { LogsEndpoint } from "./endpoint";
import { gatewaySecret, htpasswd } from "./gateway";
import { isMultiTenant, singleTenant } from "./input";
import { periodGuards } from "./periods";
import { rolloutSeconds } from "./shutdown";
import { type LogsConfig, sizing } from "./sizes";
import { addresses, writer } from "./topology";
import { lokiValues } from "./values";
import { lokiChart, release } from "./versions";

export interface LogsArgs {
  readonly config: LogsConfig;
  readonly tenants: GranaryConfig["tenants"];
  readonly namespace: string;
  readonly chunks: BucketBinding;
  readonly ruler: BucketBinding;
  readonly spread: GranaryConfig["cluster"]["spread"];
  /** False where a stack's data may go with it; only then may the guards of its schema go as well. */
  readonly keepData?: boolean;
}

/** Loki, which takes in, keeps and answers for logs. */
export class Logs extends pulumi.ComponentResource {
  readonly endpoint: LogsEndpoint;

  constructor(
    private readonly name: string,
    private readonly args: LogsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("granary:logs:Loki", name, {}, opts);
    if (args.config.mode === "simple-scalable")
      pulumi.log.warn("Loki 4 drops the mode simple-scalable; plan the move to monolithic or distributed (docs/logs.md).", this);
    const users = this.gatewayUsers();
    this.install([...this.guardPeriods(), ...(users ? [users] : [])]);
    this.endpoint = endpointOf(args);
    this.registerOutputs({ endpoint: this.endpoint });
  }

  /** One unchangeable, protected object for each period: changing or dropping one that exists stops the update before Loki is touched. */
  private guardPeriods(): pulumi.Resource[] {
    const { config, chunks, namespace, keepData = true } = this.args;
    return [...periodGuards(config.schema, chunks)].map(
      ([guard, data]) =>
        new kubernetes.core.v1.ConfigMap(
          `${this.name}-${guard}`,
          { metadata: { name: guard, namespace }, immutable: true, data },
          { parent: this, protect: keepData, retainOnDelete: keepData },
        ),
    );
  }

  private gatewayUsers(): pulumi.Resource | undefined {
    const text = htpasswd(this.args);
    const secret = gatewaySecret(this.args);
    if (!text || !secret) return undefined;
    const metadata = { name: secret, namespace: this.args.namespace };
    const stringData = { ".htpasswd": pulumi.secret(text) };
    return new kubernetes.core.v1.Secret(`${this.name}-gateway-users`, { metadata, stringData }, { parent: this });
  }

  private install(first: readonly pulumi.Resource[]): void {
    const { config, chunks, ruler, namespace } = this.args;
    const options = releaseOptions(config.release, rolloutSeconds(config));
    new kubernetes.helm.v3.Release(
      `${this.name}-release`,
      { name: release, ...lokiChart, namespace, values: lokiValues(this.args), ...options },
      { parent: this, dependsOn: [...chunks.ready, ...ruler.ready, ...first] },
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
    singleTenant,
    multiTenant: isMultiTenant(tenants),
    mode: config.mode,
    ingesters: sizing(config, writer(config.mode)).replicas,
  };
}
