// Which way the keys of a stack come, where its configuration doesn't say so.
import type { KeysSource, SecretsConfig } from "../config/schema/secrets";
import type { StorageConfig } from "../config/schema/storage";

/** Nothing for stores that need no keys: AWS gives roles, a volume has no door. */
export function keysSource(kind: StorageConfig["kind"], secrets: SecretsConfig): KeysSource | undefined {
  if (secrets.source) return secrets.source;
  if (kind === "rook-ceph") return { kind: "made" };
  return kind === "hetzner" || kind === "s3" ? { kind: "pulumi" } : undefined;
}
