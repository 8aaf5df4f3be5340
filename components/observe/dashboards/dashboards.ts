import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { GranaryConfig } from "../../config/schema";
import { GrafanaDashboard } from "../../kubernetes/custom-resources";
import { partOfGranary } from "../labels";
import { dashboards } from "./all";
import type { Scene } from "./dashboard";

export interface DashboardsArgs {
  readonly grafana: GranaryConfig["observe"]["grafana"];
  readonly namespace: string;
  readonly scene: Scene;
}

/** Grafana's dashboards, one resource each. */
export class Dashboards extends pulumi.ComponentResource {
  constructor(name: string, { grafana, namespace, scene }: DashboardsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("granary:observe:Dashboards", name, {}, opts);
    // Loaded here and not above: Grafana's builders are many files, and a stack without dashboards need not wait for them.
    const { dashboardJson } = require("./render") as typeof import("./render");
    const rendering = { prometheusUid: grafana.prometheusUid, currency: scene.prices.currency };
    for (const dashboard of dashboards(scene)) {
      const json = dashboardJson(dashboard, rendering);
      const short = dashboard.uid.replace(/^granary-/, "");
      if (grafana.provision === "operator") {
        const spec = {
          uid: dashboard.uid,
          folder: grafana.folder,
          instanceSelector: { matchLabels: { ...grafana.instanceLabels } },
          allowCrossNamespaceImport: true,
          json,
        };
        new GrafanaDashboard(
          `${name}-${short}`,
          { metadata: { name: dashboard.uid, namespace, labels: partOfGranary }, spec },
          { parent: this },
        );
      } else {
        const metadata = {
          name: `granary-dashboard-${short}`,
          namespace,
          labels: { ...partOfGranary, ...grafana.dashboardLabels },
          annotations: { grafana_folder: grafana.folder },
        };
        new kubernetes.core.v1.ConfigMap(`${name}-${short}`, { metadata, data: { [`${dashboard.uid}.json`]: json } }, { parent: this });
      }
    }
    this.registerOutputs({});
  }
}
