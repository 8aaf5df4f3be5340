import type { GranaryConfig } from "../config/schema";
import type { Size } from "../config/units";

/** How much each bucket may hold, by purpose, where the store was told. */
export function bucketQuotas(storage: GranaryConfig["storage"]): Readonly<Record<string, Size>> {
  if (storage.kind === "aws") return storage.alarms?.quotas ?? {};
  if (storage.kind !== "rook-ceph") return {};
  return Object.fromEntries(Object.entries(storage.quotas).flatMap(([purpose, { maxSize }]) => (maxSize ? [[purpose, maxSize]] : [])));
}
