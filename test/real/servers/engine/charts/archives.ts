// Unpacked charts as archives, each with the manifest under which an OCI registry serves it.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import type { Requirement } from "../../server";
import { testData } from "../../tools/test-data";

export const manifestType = "application/vnd.oci.image.manifest.v1+json";

export interface ChartArchive {
  readonly name: string;
  readonly version: string;
  /** Chart.yaml. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly archive: Buffer;
  readonly manifest: Buffer;
  /** The manifest and what it names, by digest. */
  readonly blobs: ReadonlyMap<string, Buffer>;
}

export const chartNames = ["loki", "tempo", "alloy"] as const;

/** One unpacked chart in each subfolder: GRANARY_CHARTS, else the test data, which may hold nothing but the charts' values. */
function chartFolder(name: string): string | undefined {
  const folders = [...(process.env.GRANARY_CHARTS ? [resolve(process.env.GRANARY_CHARTS)] : []), testData("charts").folder];
  return folders.map((folder) => join(folder, name)).find((folder) => existsSync(join(folder, "Chart.yaml")));
}

export const unpackedCharts: Requirement = {
  name: "charts",
  missing: () => {
    const missing = chartNames.filter((name) => chartFolder(name) === undefined);
    return missing.length > 0 ? [`charts ${missing.join(", ")} missing: GRANARY_CHARTS names no folder with <chart>/Chart.yaml`] : [];
  },
};

export const sha256 = (data: Buffer): string => `sha256:${createHash("sha256").update(data).digest("hex")}`;

/** The version that follows: the same chart, served as if it were a new release. */
export const nextVersion = (version: string): string => version.replace(/\d+$/, (patch) => String(Number(patch) + 1));

/** The chart in its own version and in the next one. */
export function packChart(name: string, scratch: string): ChartArchive[] {
  const folder = chartFolder(name);
  if (!folder) throw new Error(unpackedCharts.missing().join("\n"));
  const own = parse(readFileSync(join(folder, "Chart.yaml"), "utf8")) as { version: string };
  return [own.version, nextVersion(own.version)].map((version) => {
    const copy = join(scratch, version);
    cpSync(folder, join(copy, name), { recursive: true });
    const metadata = { ...own, version };
    writeFileSync(join(copy, name, "Chart.yaml"), stringify(metadata));
    return chartArchive(name, metadata, packed(copy, name));
  });
}

/** The same bytes each time, so that a chart keeps its digest. */
function packed(folder: string, name: string): Buffer {
  const file = join(folder, `${name}.tgz`);
  execFileSync("tar", ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "-C", folder, "-czf", file, name]);
  return readFileSync(file);
}

function chartArchive(name: string, metadata: { version: string }, archive: Buffer): ChartArchive {
  const config = Buffer.from(JSON.stringify(metadata));
  const described = (mediaType: string, data: Buffer) => ({ mediaType, digest: sha256(data), size: data.length });
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: described("application/vnd.cncf.helm.config.v1+json", config),
      layers: [described("application/vnd.cncf.helm.chart.content.v1.tar+gzip", archive)],
    }),
  );
  const blobs = new Map([config, archive, manifest].map((data) => [sha256(data), data]));
  return { name, version: metadata.version, metadata, archive, manifest, blobs };
}
