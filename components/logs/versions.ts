// What is installed, on purpose and by number. Loki's image is configurable; the chart is not, because its values are written for this version.
export const lokiChart = { chart: "oci://ghcr.io/grafana-community/helm-charts/loki", version: "18.11.0" } as const;

/** The release's name, and by it that of its services, its service account and its volumes. One Loki lives in a namespace. */
export const release = "loki";

/**
 * These upload with trailing checksums: stores that don't know them refuse every chunk or keep the framing inside the object.
 * First mended in 3.6.16 and 3.7.7.
 */
export function corruptsUploads(tag: string): boolean {
  const [, minor, patch] = /^v?3\.([0-9]+)\.([0-9]+)/.exec(tag) ?? [];
  if (minor === "6") return Number(patch) >= 11 && Number(patch) <= 15;
  return minor === "7" && Number(patch) <= 6;
}
