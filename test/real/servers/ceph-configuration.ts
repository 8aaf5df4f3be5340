import type { Certificate } from "./certificate";

export interface CephPlace {
  readonly folder: string;
  readonly cluster: string;
  readonly monPort: number;
  readonly httpPort: number;
  readonly tlsPort: number;
  readonly secondsPerDay: number;
  readonly certificate: Certificate;
  /** Takes any location of a new bucket; otherwise only its own. */
  readonly anyRegion: boolean;
}

/** The least that one node needs: one copy of everything, in memory, no keys between the daemons, all on loopback. */
export function cephConfiguration(place: CephPlace): string {
  const { folder, certificate } = place;
  const http = `endpoint=127.0.0.1:${place.httpPort}`;
  const tls = `ssl_endpoint=127.0.0.1:${place.tlsPort} ssl_certificate=${certificate.certFile} ssl_private_key=${certificate.keyFile}`;
  return `[global]
fsid = ${place.cluster}
mon_host = [v2:127.0.0.1:${place.monPort}]
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
ms_bind_msgr1 = false
run_dir = ${folder}
admin_socket = ${folder}/$name.$pid.asok
log_to_file = false
log_to_stderr = true
debug_rocksdb = 0
mon_cluster_log_to_file = false
mon_data = ${folder}/mon
# A nearly full disk is no reason to stop: hardly anything is written.
mon_data_avail_warn = 1
mon_data_avail_crit = 1
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000
mgr_data = ${folder}/mgr
osd_data = ${folder}/osd
osd_objectstore = memstore
memstore_device_bytes = ${4 * 2 ** 30}
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0

[client]
# Without keys there is nothing to encrypt with.
ms_mon_client_mode = crc

[client.rgw]
rgw_frontends = beast ${http} ${tls}
rgw_lc_debug_interval = ${place.secondsPerDay}
rgw_crypt_require_ssl = false
rgw_relaxed_region_enforcement = ${place.anyRegion}
rgw_s3_auth_use_sts = true
rgw_sts_key = granary-test-key
`;
}
