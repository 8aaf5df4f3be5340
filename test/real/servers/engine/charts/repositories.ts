// The charts' repositories on loopback: one TLS server that is an OCI registry and a Helm repository.
import type { IncomingMessage, ServerResponse } from "node:http";
import { stringify } from "yaml";
import { type ChartArchive, manifestType, sha256 } from "./archives";

const ociPath = /^\/v2\/(?:.*\/)?(?<name>[\w-]+)\/(?<kind>manifests|blobs|tags)\/(?<reference>[^/?]+)/;

interface Reply {
  readonly type: string;
  readonly data: Buffer | string;
}

export function chartRequests(charts: readonly ChartArchive[]): (request: IncomingMessage, response: ServerResponse) => void {
  return ({ method, url = "" }, response) => {
    const reply = url.startsWith("/v2/") ? registry(charts, url) : repository(charts, url);
    const data = Buffer.from(reply?.data ?? JSON.stringify({ errors: [{ code: "MANIFEST_UNKNOWN", message: url }] }));
    response.writeHead(reply ? 200 : 404, {
      "Content-Type": reply?.type ?? "application/json",
      "Content-Length": data.length,
      "Docker-Content-Digest": sha256(data),
    });
    response.end(method === "HEAD" ? undefined : data);
  };
}

function registry(charts: readonly ChartArchive[], url: string): Reply | undefined {
  const { name, kind, reference = "" } = ociPath.exec(url)?.groups ?? {};
  if (!kind) return { type: "application/json", data: "{}" };
  const versions = charts.filter((chart) => chart.name === name);
  if (kind === "tags") return { type: "application/json", data: JSON.stringify({ name, tags: versions.map(({ version }) => version) }) };
  const manifest = versions.find(({ version }) => version === reference)?.manifest;
  const data = manifest ?? versions.find(({ blobs }) => blobs.has(reference))?.blobs.get(reference);
  return data && { type: kind === "manifests" ? manifestType : "application/octet-stream", data };
}

function repository(charts: readonly ChartArchive[], url: string): Reply | undefined {
  const fileOf = ({ name, version }: ChartArchive) => `${name}-${version}.tgz`;
  if (url.endsWith("/index.yaml")) {
    const entry = (chart: ChartArchive) => ({
      ...chart.metadata,
      urls: [fileOf(chart)],
      digest: sha256(chart.archive).replace("sha256:", ""),
    });
    const names = [...new Set(charts.map(({ name }) => name))];
    const entries = Object.fromEntries(names.map((name) => [name, charts.filter((chart) => chart.name === name).map(entry)]));
    return { type: "application/yaml", data: stringify({ apiVersion: "v1", entries }) };
  }
  const chart = charts.find((candidate) => url.endsWith(`/${fileOf(candidate)}`));
  return chart && { type: "application/gzip", data: chart.archive };
}
