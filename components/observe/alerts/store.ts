// The object store, as its clients and its own metrics see it.
import { minutes } from "../../config/units";
import { jobs, seriesOf } from "../jobs";
import { type Alert, type AlertGroup, atLevels, grew, percent, type Watched } from "./alert";

export function storeAlerts(watched: Watched): AlertGroup[] {
  const { thresholds, store, storeNamespace, buckets } = watched;
  const alerts = [
    ...(store === "filesystem" ? [] : clientAlerts(watched)),
    ...buckets.flatMap((bucket) => quotaAlerts(bucket, thresholds)),
    ...(store === "rook-ceph" && storeNamespace !== undefined ? cephAlerts(thresholds, storeNamespace) : []),
  ];
  return alerts.length > 0 ? [{ name: "granary-store", alerts }] : [];
}

function clientAlerts({ thresholds, logs, traces }: Watched): Alert[] {
  const loki = seriesOf(jobs.logs, logs.namespace);
  const tempo = traces && seriesOf(jobs.traces, traces.namespace);
  const requests = { loki: "loki_objstore_bucket_transport_requests_total", tempo: "tempodb_backend_request_duration_seconds_count" };
  const errors = (program: string, failures: string, all: string, besides = "") =>
    atLevels(thresholds.errorRate, (limit) => ({
      name: "GranaryObjectStoreErrors",
      labels: { program },
      expression: `${failures} / ${all} > ${limit}`,
      lasting: minutes(10),
      summary: "The object store fails",
      description: `{{ $value | humanizePercentage }} of ${program}'s {{ $labels.operation }} operations fail; the limit is ${percent(limit)}.${besides}`,
    }));
  const denied = (program: string, counter: string, series: string): Alert => ({
    name: "GranaryObjectStoreDenied",
    severity: "critical",
    labels: { program },
    // Longer than the pause between two looks at the store of a Tempo that has nothing to do.
    expression: grew(counter, `${series},status_code=~"401|403"`, "status_code", "15m"),
    lasting: minutes(5),
    summary: "The object store refuses the keys",
    description: `The store answered ${program} with {{ $labels.status_code }}. Keys were changed, revoked or have lost a permission.`,
  });
  const count = (metric: string) => `sum by (operation) (rate(${metric}{${loki}}[5m]))`;
  return [
    ...errors("Loki", count("loki_objstore_bucket_operation_failures_total"), count("loki_objstore_bucket_operations_total")),
    denied("Loki", requests.loki, loki),
    ...(tempo
      ? [
          ...errors(
            "Tempo",
            `sum by (operation) (rate(${requests.tempo}{${tempo},status_code=~"5.."}[5m]))`,
            `sum by (operation) (rate(${requests.tempo}{${tempo}}[5m]))`,
            // Tempo measures a request only when there was an answer to it.
            " Requests without an answer are not counted: GranaryBlocklistPollFailing and GranaryTraceFlushFailing tell of those.",
          ),
          denied("Tempo", requests.tempo, tempo),
        ]
      : []),
  ];
}

const quotaAlerts = ({ purpose, bytes, measured, quota }: Watched["buckets"][number], { storageUsage }: Watched["thresholds"]): Alert[] =>
  atLevels(storageUsage, (limit) => ({
    name: "GranaryBucketNearQuota",
    labels: { bucket: purpose },
    expression: `${bytes} / ${quota.bytes} > ${limit}`,
    lasting: minutes(30),
    summary: "A bucket nears its quota",
    description: `${measured ? `The bucket for ${purpose} holds` : `At the rate of the last week the bucket for ${purpose} will hold`} {{ $value | humanizePercentage }} of its quota; the limit is ${percent(limit)}.`,
  }));

function cephAlerts({ storageUsage, errorRate }: Watched["thresholds"], namespace: string): Alert[] {
  const ceph = `namespace="${namespace}"`;
  const stored = `ceph_pool_stored{${ceph}}`;
  return [
    ...atLevels(storageUsage, (limit) => ({
      name: "GranaryObjectStorePoolFilling",
      // Out of what fits, replicas counted; `percent_used` is a fraction in some releases and a percentage in others.
      expression: `max by (name) (${stored} / (${stored} + ceph_pool_max_avail{${ceph}}) * on (pool_id) group_left (name) ceph_pool_metadata{${ceph},name=~".+[.]rgw[.]buckets[.]data"}) > ${limit}`,
      lasting: minutes(30),
      summary: "Ceph's pool for objects fills up",
      description: `{{ $labels.name }} is {{ $value | humanizePercentage }} full; the limit is ${percent(limit)}. A full pool refuses every write.`,
    })),
    {
      name: "GranaryObjectGatewayFailing",
      severity: "warning",
      expression: `sum by (instance_id) (rate(ceph_rgw_failed_req{${ceph}}[10m])) / sum by (instance_id) (rate(ceph_rgw_req{${ceph}}[10m])) > ${errorRate.critical}`,
      lasting: minutes(15),
      summary: "Ceph's object gateway fails requests",
      description: "{{ $value | humanizePercentage }} of the requests to gateway {{ $labels.instance_id }} fail.",
    },
  ];
}
