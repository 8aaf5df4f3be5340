// The configuration of the gateway's nginx, moved to this machine, and what stands behind it.
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Values } from "../../../components/logs/values";
import { lokiChart, release } from "../../../components/logs/versions";
import type { ReportedResource } from "../../../preview/report/report";
import type { NginxPlace } from "../servers";
import { chartsOf } from "./charts";

export interface Backend {
  readonly url: string;
  /** Path and tenant of what came through since the last look. */
  seen(): (readonly [string | undefined, unknown])[];
  stop(): Promise<void>;
}

export async function startBackend(): Promise<Backend> {
  let seen: (readonly [string | undefined, unknown])[] = [];
  const server = createServer(({ url, headers }, answer) => {
    seen.push([url, headers["x-scope-orgid"]]);
    answer.end("from behind");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: () => {
      const before = seen;
      seen = [];
      return before;
    },
    stop: () => new Promise((done) => server.close(() => done())),
  };
}

/** The path goes out as it is written: no client between here and there makes it clean. */
export const askRaw = (endpoint: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<number> =>
  new Promise((done, fail) => {
    const { hostname, port } = new URL(endpoint);
    const asked = request({ hostname, port, path, headers, method: "POST" }, (answer) => {
      answer.resume();
      answer.on("end", () => done(answer.statusCode ?? 0));
    });
    asked.on("error", fail);
    asked.end();
  });

/** What the chart makes of the values, or why the chart can't be had here. */
export async function chartsNginx(values: Values): Promise<string | { readonly missing: string }> {
  const inputs = { name: release, namespace: "observability", ...lokiChart, values };
  const charts = await chartsOf([{ inputs } as unknown as ReportedResource]);
  if ("missing" in charts) return charts;
  const objects = await charts.render({ inputs } as unknown as ReportedResource).finally(charts.remove);
  const gateway = objects.find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === `${release}-gateway`);
  return (gateway?.data as Record<string, string> | undefined)?.["nginx.conf"] ?? { missing: "the chart renders no nginx.conf" };
}

/** The least that takes the values' snippets as the chart does, and hands everything on. */
export function plainNginx({ gateway }: Values): string {
  const { locationSnippet, serverSnippet } = (gateway as { nginxConfig: Record<string, string> }).nginxConfig;
  return `events {}
http {
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((part) => `${part}_temp_path /tmp/${part};`).join("\n  ")}
  server {
    listen 8080;
    auth_basic "Loki";
    auth_basic_user_file /etc/nginx/secrets/.htpasswd;
    location = / { return 200; auth_basic off; }
    location / {
      ${locationSnippet}
      set $backend "http://loki:3100";
      proxy_pass $backend$request_uri;
    }
    ${serverSnippet}
  }
}
`;
}

/** Ports, folders, users' file and who stands behind it; nothing else. */
export const localNginx =
  (text: string, backend: string) =>
  ({ folder, port }: NginxPlace): string =>
    text
      .replace(/listen +8080;/, `listen 127.0.0.1:${port};`)
      .replace(/listen +\[::\]:8080;/, "")
      .replace(/resolver .*;/, "")
      .replaceAll("/tmp/", `${folder}/`)
      .replaceAll("/etc/nginx/secrets/.htpasswd", join(folder, ".htpasswd"))
      .replaceAll(/http:\/\/loki[a-z.-]*:3100/g, backend);
