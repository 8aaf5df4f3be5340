// Where chunks, index and rules are kept.
import { type BucketBinding, isObject, type ObjectBinding } from "../../storage/store";
import type { Plain } from "../../text/yaml";
import type { LokiInput } from "../input";
import { paths } from "../paths";
import { addresses } from "../topology";

/** Loki names the kind of store in every period; `s3` stands for any store that speaks it. */
export const storeKind = (binding: BucketBinding): "s3" | "filesystem" => (isObject(binding) ? "s3" : "filesystem");

/** Keys are never written here: the client finds them in its environment, or asks AWS for the pod's role. */
function s3Client({ bucket, endpoint, credentials }: ObjectBinding): Plain {
  return {
    bucket_lookup_type: endpoint.pathStyle ? "path" : "virtual-hosted",
    bucket_name: bucket,
    dualstack_enabled: false,
    endpoint: endpoint.host,
    http: {
      idle_conn_timeout: "90s",
      max_idle_connections_per_host: 100,
      response_header_timeout: "60s",
      tls_handshake_timeout: "10s",
      ...(endpoint.ca ? { tls_ca_path: `${paths.storeAuthority}/${endpoint.ca.key}` } : {}),
    },
    insecure: !endpoint.tls,
    list_objects_version: "v2",
    max_retries: 10,
    native_aws_auth_enabled: credentials.kind !== "secret",
    region: endpoint.region,
  };
}

/** Loki takes a prefix as one name without slashes. */
const storagePrefix = (prefix: string): string => prefix.replace(/\/$/, "");

function bucketClient(binding: BucketBinding): { readonly [key: string]: Plain } {
  if (!isObject(binding)) return {};
  return { s3: s3Client(binding), ...(binding.prefix ? { storage_prefix: storagePrefix(binding.prefix) } : {}) };
}

export function storageConfig({ config, namespace, chunks }: LokiInput): Plain {
  const { indexGateway } = addresses(config.mode, namespace);
  return {
    object_store: { filesystem: { dir: paths.chunks }, ...bucketClient(chunks) },
    tsdb_shipper: {
      active_index_directory: `${paths.data}/tsdb-index`,
      cache_location: `${paths.data}/tsdb-cache`,
      cache_ttl: "24h",
      // Queriers ask ingesters for the last three hours anyway; every look at the store is a request.
      resync_interval: "15m",
      ...(indexGateway ? { index_gateway_client: { server_address: indexGateway } } : {}),
    },
    use_thanos_objstore: true,
  };
}

export function rulerStorage({ ruler }: LokiInput): Plain {
  return { backend: storeKind(ruler), filesystem: { dir: paths.rules }, ...bucketClient(ruler) };
}
