// As many tenants as asked for, each with a bucket, a workload and its keys in the store of the stack: what grows when teams join.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { loadConfig } from "../../components/config/load";
import { createStore } from "../../components/storage";
import type { Workload } from "../../components/storage/store";

const tenants = new pulumi.Config("bench").requireNumber("tenants");
const platform = new pulumi.ComponentResource("granary:index:Platform", "granary");
const cluster = new kubernetes.Provider("granary-cluster", {}, { parent: platform });
const opts = { parent: platform, provider: cluster };
new kubernetes.core.v1.Namespace("granary-namespace", { metadata: { name: "observability" } }, opts);
const store = createStore("granary-store", loadConfig(), { kubernetes: cluster }, opts);

for (let i = 0; i < tenants; i++) {
  const name = `tenant-${String(i).padStart(4, "0")}`;
  const workload: Workload = { name, namespace: "observability", serviceAccounts: [name] };
  const grants = [{ workload, actions: ["read", "write", "delete", "list"], prefix: "" }] as const;
  const expiries = [{ prefix: "logs/", keepFor: { seconds: 30 * 86400 } }];
  store.bucket({ purpose: name, workload, grants, expiries, versioning: false, protect: true });
}
