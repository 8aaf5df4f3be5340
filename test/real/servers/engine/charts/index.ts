// Serves unpacked charts under the addresses that the program names. Helm in the provider reaches them by HTTPS_PROXY and trusts them by
// SSL_CERT_FILE, so nothing of the program changes.
import { readFileSync } from "node:fs";
import { createServer as createProxy, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { makeCertificate } from "../../certificate";
import { chartNames, packChart } from "./archives";
import { chartRequests } from "./repositories";

export interface ChartServer {
  /** What the CLI needs in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): void;
}

export async function serveCharts(hosts: readonly string[], folder: string): Promise<ChartServer> {
  const charts = chartNames.flatMap((name) => packChart(name, join(folder, name)));
  const certificate = await makeCertificate(folder, hosts);
  const key = readFileSync(certificate.keyFile);
  const repositories = createTlsServer({ key, cert: certificate.ca }, chartRequests(charts));
  const target = await listening(repositories);
  const proxy = createProxy((_, response) => response.writeHead(403).end());
  proxy.on("connect", ({ url = "" }, socket) => {
    if (!hosts.some((host) => url === `${host}:443`)) return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    const upstream = connect(target, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
  });
  const environment = { HTTPS_PROXY: `http://127.0.0.1:${await listening(proxy)}`, SSL_CERT_FILE: certificate.certFile };
  const stop = () => {
    for (const server of [proxy, repositories]) {
      server.close();
      server.closeAllConnections();
    }
  };
  return { environment, stop };
}

const listening = (server: Server): Promise<number> =>
  new Promise((done) => server.listen(0, "127.0.0.1", () => done((server.address() as AddressInfo).port)));
