import { granarySchema } from "../../components/config/schema";
import { collectionSchema } from "../../components/config/schema/collection";

export { logs, traces } from "../observe/fixture";

export const collectionConfig = (config: unknown = {}) => collectionSchema.parse(config);

/** A whole stack's configuration that is well but for what is given. */
export const stackConfig = (collection: unknown, more: object = {}) =>
  granarySchema.parse({ environment: "local", storage: { kind: "filesystem" }, collection, ...more });

/** Everything on, and every list filled. */
export const everything = {
  externalLabels: { cluster: "prod" },
  podLogs: {
    onlyNamespaces: ["team-.*", "shop"],
    podLabels: { release: "app.kubernetes.io/version" },
    multiline: [{ namespaces: ["shop"], apps: ["cart"], firstLine: "^\\d{4}-\\d{2}-\\d{2}" }],
    dropLines: [{ containers: ["istio-proxy"], matching: "GET /healthz", reason: "health_checks" }],
  },
  tenants: { "team-a": ["shop", "team-a"] },
  journal: { enabled: true, path: "/run/log/journal" },
  events: { enabled: true, namespaces: ["shop"], storageClass: "fast" },
};
