import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { GrafanaDatasource } from "../../kubernetes/custom-resources";
import { partOfGranary } from "../labels";
import { dataSources, type Sources } from "./definitions";
import { datasourceSpec, provisioningFile } from "./provisioning";

export interface DataSourcesArgs extends Sources {
  readonly namespace: string;
}

/** Loki and Tempo as Grafana's data sources. */
export class DataSources extends pulumi.ComponentResource {
  constructor(name: string, { namespace, ...sources }: DataSourcesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("granary:observe:DataSources", name, {}, opts);
    const { grafana } = sources;
    const all = dataSources(sources);
    if (grafana.provision === "sidecar") {
      new kubernetes.core.v1.ConfigMap(
        `${name}-provisioning`,
        {
          metadata: { name: "granary-datasources", namespace, labels: { ...partOfGranary, ...grafana.datasourceLabels } },
          data: { "granary.yaml": provisioningFile(all) },
        },
        { parent: this },
      );
    }
    if (grafana.provision === "operator") {
      for (const source of all) {
        new GrafanaDatasource(
          `${name}-${source.uid}`,
          { metadata: { name: source.uid, namespace, labels: partOfGranary }, spec: datasourceSpec(source, grafana) },
          { parent: this },
        );
      }
    }
    this.registerOutputs({});
  }
}
