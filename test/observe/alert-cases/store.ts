import { type AlertCase, loki, tempo } from "./case";

const lokiOperations = (failed: number) => ({
  [`loki_objstore_bucket_operations_total{${loki},operation="upload"}`]: "0+100x60",
  [`loki_objstore_bucket_operation_failures_total{${loki},operation="upload"}`]: `0+${failed}x60`,
});
const tempoOperations = (failed: number) => ({
  [`tempodb_backend_request_duration_seconds_count{${tempo},operation="PUT",status_code="200"}`]: `0+${100 - failed}x60`,
  [`tempodb_backend_request_duration_seconds_count{${tempo},operation="PUT",status_code="503"}`]: `0+${failed}x60`,
});
const unanswered = "Requests without an answer are not counted: GranaryBlocklistPollFailing and GranaryTraceFlushFailing tell of those.";
const onLoki = { operation: "upload", program: "Loki" };
const onTempo = { operation: "PUT", program: "Tempo" };
/** The bucket's quota is 100 GB, retention 30 days; so many bytes an hour add up to the fraction. */
const chunks = (fraction: number) => ({
  [`loki_chunk_store_stored_chunk_bytes_total{${loki},user="fake"}`]: `0+${(fraction * 100e9) / 30 / 24}x240`,
});
const blocks = (gigabytes: number) => ({
  [`tempodb_backend_bytes_total{${tempo},tenant="single-tenant",status="live"}`]: `${gigabytes * 1e9}x240`,
});
const pool = (used: number) => ({
  'ceph_pool_stored{namespace="rook-ceph",pool_id="7"}': `${used * 100}x60`,
  'ceph_pool_max_avail{namespace="rook-ceph",pool_id="7"}': `${100 - used * 100}x60`,
  'ceph_pool_metadata{namespace="rook-ceph",pool_id="7",name="granary.rgw.buckets.data"}': "1x60",
  'ceph_pool_stored{namespace="rook-ceph",pool_id="3"}': "99x60",
  'ceph_pool_max_avail{namespace="rook-ceph",pool_id="3"}': "1x60",
  'ceph_pool_metadata{namespace="rook-ceph",pool_id="3",name="another-pool"}': "1x60",
});
const gateway = (failed: number) => ({
  'ceph_rgw_req{namespace="rook-ceph",instance_id="a"}': "0+100x60",
  'ceph_rgw_failed_req{namespace="rook-ceph",instance_id="a"}': `0+${failed}x60`,
});

export const storeCases: readonly AlertCase[] = [
  {
    alert: "GranaryObjectStoreErrors",
    when: "2% of Loki's uploads fail",
    series: lokiOperations(2),
    after: 30,
    fires: [{ severity: "warning", labels: onLoki, says: "2% of Loki's upload operations fail; the limit is 1%." }],
  },
  {
    alert: "GranaryObjectStoreErrors",
    when: "10% of Loki's uploads fail",
    series: lokiOperations(10),
    after: 30,
    fires: [
      { severity: "warning", labels: onLoki, says: "10% of Loki's upload operations fail; the limit is 1%." },
      { severity: "critical", labels: onLoki, says: "10% of Loki's upload operations fail; the limit is 5%." },
    ],
  },
  {
    alert: "GranaryObjectStoreErrors",
    when: "2% of Tempo's requests are answered with 503",
    series: tempoOperations(2),
    after: 30,
    fires: [{ severity: "warning", labels: onTempo, says: `2% of Tempo's PUT operations fail; the limit is 1%. ${unanswered}` }],
  },
  {
    alert: "GranaryObjectStoreErrors",
    when: "10% of Tempo's requests are answered with 503",
    series: tempoOperations(10),
    after: 30,
    fires: [
      { severity: "warning", labels: onTempo, says: `10% of Tempo's PUT operations fail; the limit is 1%. ${unanswered}` },
      { severity: "critical", labels: onTempo, says: `10% of Tempo's PUT operations fail; the limit is 5%. ${unanswered}` },
    ],
  },
  {
    alert: "GranaryObjectStoreErrors",
    when: "nothing fails",
    series: { ...lokiOperations(0), ...tempoOperations(0) },
    after: 30,
    fires: [],
  },

  {
    alert: "GranaryObjectStoreDenied",
    when: "Loki's key was revoked",
    series: { [`loki_objstore_bucket_transport_requests_total{${loki},method="PUT",status_code="403"}`]: "0+2x60" },
    after: 20,
    fires: [
      {
        severity: "critical",
        labels: { program: "Loki", status_code: "403" },
        says: "The store answered Loki with 403. Keys were changed, revoked or have lost a permission.",
      },
    ],
  },
  {
    alert: "GranaryObjectStoreDenied",
    when: "Tempo's key was revoked",
    series: { [`tempodb_backend_request_duration_seconds_count{${tempo},operation="GET",status_code="403"}`]: "0+2x60" },
    after: 20,
    fires: [
      {
        severity: "critical",
        labels: { program: "Tempo", status_code: "403" },
        says: "The store answered Tempo with 403. Keys were changed, revoked or have lost a permission.",
      },
    ],
  },
  {
    alert: "GranaryObjectStoreDenied",
    when: "Tempo, whose key was revoked, asks only every seven minutes",
    series: {
      [`tempodb_backend_request_duration_seconds_count{${tempo},operation="GET",status_code="403"}`]: "0x6 1x6 2x6 3x6 4x6 5x6",
    },
    after: 22,
    fires: [
      {
        severity: "critical",
        labels: { program: "Tempo", status_code: "403" },
        says: "The store answered Tempo with 403. Keys were changed, revoked or have lost a permission.",
      },
    ],
  },
  {
    alert: "GranaryObjectStoreDenied",
    when: "objects are looked for that aren't there, as Loki does",
    series: { [`loki_objstore_bucket_transport_requests_total{${loki},method="GET",status_code="404"}`]: "0+2x60" },
    after: 20,
    fires: [],
  },

  {
    alert: "GranaryBucketNearQuota",
    when: "what Loki writes will fill three quarters of the quota",
    series: chunks(0.75),
    every: 60,
    after: 8 * 1440,
    fires: [
      {
        severity: "warning",
        labels: { bucket: "loki-chunks" },
        says: "At the rate of the last week the bucket for loki-chunks will hold 75% of its quota; the limit is 70%.",
      },
    ],
  },
  {
    alert: "GranaryBucketNearQuota",
    when: "Tempo's blocks fill nine tenths of the quota",
    series: blocks(90),
    after: 60,
    fires: [
      {
        severity: "warning",
        labels: { bucket: "tempo-traces" },
        says: "The bucket for tempo-traces holds 90% of its quota; the limit is 70%.",
      },
      {
        severity: "critical",
        labels: { bucket: "tempo-traces" },
        says: "The bucket for tempo-traces holds 90% of its quota; the limit is 85%.",
      },
    ],
  },
  { alert: "GranaryBucketNearQuota", when: "there is room in both", series: { ...chunks(0.3), ...blocks(40) }, after: 150, fires: [] },

  {
    alert: "GranaryObjectStorePoolFilling",
    when: "the pool for objects is three quarters full",
    series: pool(0.75),
    after: 50,
    fires: [
      {
        severity: "warning",
        labels: { name: "granary.rgw.buckets.data" },
        says: "granary.rgw.buckets.data is 75% full; the limit is 70%. A full pool refuses every write.",
      },
    ],
  },
  {
    alert: "GranaryObjectStorePoolFilling",
    when: "the pool for objects is nine tenths full",
    series: pool(0.9),
    after: 50,
    fires: [
      {
        severity: "warning",
        labels: { name: "granary.rgw.buckets.data" },
        says: "granary.rgw.buckets.data is 90% full; the limit is 70%. A full pool refuses every write.",
      },
      {
        severity: "critical",
        labels: { name: "granary.rgw.buckets.data" },
        says: "granary.rgw.buckets.data is 90% full; the limit is 85%. A full pool refuses every write.",
      },
    ],
  },
  { alert: "GranaryObjectStorePoolFilling", when: "only another pool is full", series: pool(0.3), after: 50, fires: [] },

  {
    alert: "GranaryObjectGatewayFailing",
    when: "a tenth of the gateway's requests fail",
    series: gateway(10),
    after: 40,
    fires: [{ severity: "warning", labels: { instance_id: "a" }, says: "10% of the requests to gateway a fail." }],
  },
  { alert: "GranaryObjectGatewayFailing", when: "few fail", series: gateway(1), after: 40, fires: [] },
];
