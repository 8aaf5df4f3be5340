import * as pulumi from "@pulumi/pulumi";
import type { GranaryConfig } from "../../config/schema";
import { PrometheusRule } from "../../kubernetes/custom-resources";
import { partOfGranary } from "../labels";
import type { Watched } from "./alert";
import { prometheusRule } from "./rules";

export interface AlertsArgs {
  readonly config: GranaryConfig["observe"]["alerts"];
  readonly namespace: string;
  /** By which Prometheus selects its rules. */
  readonly labels: Readonly<Record<string, string>>;
  readonly watched: Watched;
}

/** Alerts on everything that could lose a line or a span, each with a runbook. */
export class Alerts extends pulumi.ComponentResource {
  constructor(name: string, { config, namespace, labels, watched }: AlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("granary:observe:Alerts", name, {}, opts);
    new PrometheusRule(
      `${name}-rules`,
      { metadata: { name: "granary", namespace, labels: { ...partOfGranary, ...labels } }, spec: prometheusRule(watched, config) },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
