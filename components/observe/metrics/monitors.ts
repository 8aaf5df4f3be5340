import * as pulumi from "@pulumi/pulumi";
import { ServiceMonitor } from "../../kubernetes/custom-resources";
import { partOfGranary } from "../labels";
import { type Monitored, monitors } from "./definitions";

export interface MonitorsArgs extends Monitored {
  /** By which Prometheus selects its monitors. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What Prometheus reads from Loki, Tempo and Alloy. */
export class Monitors extends pulumi.ComponentResource {
  constructor(name: string, { labels, ...monitored }: MonitorsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("granary:observe:Monitors", name, {}, opts);
    for (const monitor of monitors(monitored)) {
      const metadata = { name: monitor.name, namespace: monitor.namespace, labels: { ...partOfGranary, ...labels } };
      new ServiceMonitor(`${name}-${monitor.name.replace(/^granary-/, "")}`, { metadata, spec: monitor.spec }, { parent: this });
    }
    this.registerOutputs({});
  }
}
