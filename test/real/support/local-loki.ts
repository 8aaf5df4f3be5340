// What must change in the program's Loki configuration for it to run as one process on this machine, and nothing else:
// addresses, directories, the store's endpoint, and the company that it has in a cluster (memberlist, memcached, other Lokis).
import { type Document, isMap, isScalar, parseDocument, visit } from "yaml";
import { paths } from "../../../components/logs/paths";
import type { LokiPlace } from "../servers";

export interface LocalStore {
  /** With its scheme: `https://127.0.0.1:20123`. */
  readonly endpoint: string;
  /** What proves the endpoint's certificate. */
  readonly caFile?: string;
  /** Buckets under other names than the program's. */
  readonly buckets?: { readonly chunks: string; readonly ruler: string };
}

type Path = readonly string[];

export function localLoki(text: string, place: LokiPlace, store?: LocalStore): string {
  const document = parseDocument(text);
  const [settings, removals] = [localSettings(place), clusterOnly(document)];
  for (const path of removals) document.deleteIn(path);
  for (const [path, value] of settings) document.setIn(path, value);
  if (store) for (const client of clients(document)) pointAt(document, client, store);
  moveDirectories(document, place.folder);
  return document.toString();
}

function localSettings({ httpPort, grpcPort }: LokiPlace): (readonly [Path, string | number])[] {
  return [
    [["server", "http_listen_address"], "127.0.0.1"],
    [["server", "http_listen_port"], httpPort],
    [["server", "grpc_listen_address"], "127.0.0.1"],
    [["server", "grpc_listen_port"], grpcPort],
    [["common", "instance_addr"], "127.0.0.1"],
    [["common", "compactor_grpc_address"], `127.0.0.1:${grpcPort}`],
    [["common", "replication_factor"], 1],
    [["common", "ring", "kvstore", "store"], "inmemory"],
  ];
}

/** Only of those that are there: the file that the chart mounts, and whom a single process has not got. */
function clusterOnly(document: Document): Path[] {
  const caches = [
    ["chunk_store_config", "chunk_cache_config"],
    ["query_range", "results_cache", "cache"],
  ].filter((path) => document.hasIn([...path, "memcached_client"]));
  const company = [
    ["memberlist"],
    ["runtime_config"],
    ["frontend", "scheduler_address"],
    ["frontend", "tail_proxy_url"],
    ["frontend_worker"],
    ["storage_config", "tsdb_shipper", "index_gateway_client"],
  ];
  return [...caches, ...company.filter((path) => document.hasIn(path))];
}

/** Where the configuration speaks to an S3 store, and which of its buckets that is. */
function clients(document: Document): { path: Path; bucket: "chunks" | "ruler" }[] {
  const all = [
    { path: ["storage_config", "object_store", "s3"], bucket: "chunks" as const },
    { path: ["ruler_storage", "s3"], bucket: "ruler" as const },
  ];
  return all.filter(({ path }) => isMap(document.getIn(path)));
}

function pointAt(
  document: Document,
  { path, bucket }: ReturnType<typeof clients>[number],
  { endpoint, caFile, buckets }: LocalStore,
): void {
  const { host, protocol } = new URL(endpoint);
  document.setIn([...path, "endpoint"], host);
  document.setIn([...path, "insecure"], protocol === "http:");
  // A loopback address has no room for a bucket's name before it.
  document.setIn([...path, "bucket_lookup_type"], "path");
  const authority = [...path, "http", "tls_ca_path"];
  if (caFile) document.setIn(authority, caFile);
  else document.deleteIn(authority);
  if (buckets) document.setIn([...path, "bucket_name"], buckets[bucket]);
}

function moveDirectories(document: Document, folder: string): void {
  visit(document, {
    Scalar(_, node) {
      if (!isScalar(node) || typeof node.value !== "string") return;
      if (node.value === paths.data || node.value.startsWith(`${paths.data}/`)) node.value = folder + node.value.slice(paths.data.length);
    },
  });
}
