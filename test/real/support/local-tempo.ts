// What must change in the program's Tempo configuration for it to run as one process on this machine, and nothing else:
// addresses, directories and the store's endpoint.
import { isScalar, parseDocument, visit } from "yaml";
import { paths } from "../../../components/traces/paths";

export interface TempoPlace {
  readonly folder: string;
  readonly httpPort: number;
  readonly grpcPort: number;
  readonly gossipPort: number;
  readonly otlpGrpcPort: number;
  readonly otlpHttpPort: number;
  /** The file with the tenants' overrides. */
  readonly overrides: string;
}

type Setting = readonly [readonly string[], string | number | boolean];

export interface TempoStore {
  readonly endpoint: string;
  readonly caFile?: string;
}

/** Without a store Tempo keeps its blocks on its disk. */
export function localTempo(text: string, place: TempoPlace, store?: TempoStore): string {
  const document = parseDocument(text);
  const settings: readonly Setting[] = [
    [["server", "http_listen_address"], "127.0.0.1"],
    [["server", "http_listen_port"], place.httpPort],
    [["server", "grpc_listen_address"], "127.0.0.1"],
    [["server", "grpc_listen_port"], place.grpcPort],
    [["distributor", "receivers", "otlp", "protocols", "grpc", "endpoint"], `127.0.0.1:${place.otlpGrpcPort}`],
    [["distributor", "receivers", "otlp", "protocols", "http", "endpoint"], `127.0.0.1:${place.otlpHttpPort}`],
    [["ingester", "lifecycler", "address"], "127.0.0.1"],
    [["distributor", "ring", "instance_addr"], "127.0.0.1"],
    [["memberlist", "bind_port"], place.gossipPort],
    [["overrides", "per_tenant_override_config"], place.overrides],
    ...(store ? storeSettings(store) : []),
  ];
  for (const [path, value] of settings) document.setIn(path, value);
  visit(document, {
    Scalar(_, node) {
      if (!isScalar(node) || typeof node.value !== "string") return;
      if (node.value.startsWith(`${paths.data}/`)) node.value = place.folder + node.value.slice(paths.data.length);
    },
  });
  return document.toString();
}

function storeSettings({ endpoint, caFile }: TempoStore): Setting[] {
  const { host, protocol } = new URL(endpoint);
  const s3 = ["storage", "trace", "s3"];
  return [
    [[...s3, "endpoint"], host],
    [[...s3, "insecure"], protocol === "http:"],
    // A loopback address has no room for a bucket's name before it.
    [[...s3, "forcepathstyle"], true],
    ...(caFile ? [[[...s3, "tls_ca_path"], caFile] as const] : []),
  ];
}
