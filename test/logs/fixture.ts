// A stack's logs as the configuration, the tenants and the store would have them.
import { logsSchema } from "../../components/config/schema/logs";
import { tenantsSchema } from "../../components/config/schema/tenants";
import type { LokiInput } from "../../components/logs/input";
import type { DiskBinding, ObjectBinding } from "../../components/storage/store";

export const cephBinding = (bucket: string): ObjectBinding => ({
  kind: "object",
  bucket,
  prefix: "",
  endpoint: {
    url: "https://rook-ceph-rgw-granary.rook-ceph.svc:443",
    host: "rook-ceph-rgw-granary.rook-ceph.svc:443",
    region: "us-east-1",
    pathStyle: true,
    tls: true,
    ca: { secretName: "granary-rgw-ca", key: "ca.crt" },
    reach: { kind: "namespace", namespace: "rook-ceph", podLabels: { app: "rook-ceph-rgw" }, port: 8443 },
  },
  credentials: { kind: "secret", secretName: "loki-store", revision: "1" },
  ready: [],
});

export const diskBinding: DiskBinding = { kind: "disk", size: { bytes: 50 * 2 ** 30 }, ready: [] };

export function lokiInput(
  config: unknown = {},
  tenants: unknown = [],
  bindings: Partial<Pick<LokiInput, "chunks" | "ruler" | "spread">> = {},
): LokiInput {
  return {
    config: logsSchema.parse(config),
    tenants: tenantsSchema.parse(tenants),
    namespace: "observability",
    chunks: bindings.chunks ?? cephBinding("granary-loki-chunks"),
    ruler: bindings.ruler ?? cephBinding("granary-loki-ruler"),
    spread: bindings.spread ?? "required",
  };
}
