import { type AlertCase, tempo } from "./case";

const export_ = `${tempo},method="gRPC",route="/opentelemetry.proto.collector.trace.v1.TraceService/Export",ws="false"`;
const exportRoute = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
const requests = (failed: number) => ({
  [`tempo_request_duration_seconds_count{${export_},status_code="success"}`]: `0+${1000 - failed}x60`,
  [`tempo_request_duration_seconds_count{${export_},status_code="error"}`]: `0+${failed}x60`,
});
const searches = (above: number, below: number) => {
  const route = `${tempo},method="GET",route="api_search",status_code="200",ws="false"`;
  return {
    [`tempo_request_duration_seconds_bucket{${route},le="${above}"}`]: "0x60",
    [`tempo_request_duration_seconds_bucket{${route},le="${below}"}`]: "0+10x60",
    [`tempo_request_duration_seconds_bucket{${route},le="+Inf"}`]: "0+10x60",
  };
};

/** Counters that may fail once but not again and again. */
function keepsFailing(
  alert: string,
  severity: "warning" | "critical",
  series: string,
  labels: Record<string, string>,
  says: string,
): AlertCase[] {
  return [
    { alert, when: "it fails every minute", series: { [series]: "0+1x120" }, after: 90, fires: [{ severity, labels, says }] },
    { alert, when: "it failed once", series: { [series]: "0x60 1x60" }, after: 65, fires: [] },
    { alert, when: "it failed often, and works again", series: { [series]: "0+1x40 40x60" }, after: 75, fires: [] },
  ];
}

export const tracesCases: readonly AlertCase[] = [
  {
    alert: "GranaryTraceErrorRateHigh",
    when: "2% of exports fail",
    series: requests(20),
    after: 30,
    fires: [{ severity: "warning", labels: { route: exportRoute }, says: `2% of the requests to ${exportRoute} fail; the limit is 1%.` }],
  },
  {
    alert: "GranaryTraceErrorRateHigh",
    when: "10% of exports fail",
    series: requests(100),
    after: 30,
    fires: [
      { severity: "warning", labels: { route: exportRoute }, says: `10% of the requests to ${exportRoute} fail; the limit is 1%.` },
      { severity: "critical", labels: { route: exportRoute }, says: `10% of the requests to ${exportRoute} fail; the limit is 5%.` },
    ],
  },
  { alert: "GranaryTraceErrorRateHigh", when: "all goes well", series: requests(1), after: 30, fires: [] },

  {
    alert: "GranaryTraceQueriesSlow",
    when: "searches take between 2 and 4 seconds",
    series: searches(2, 4),
    after: 40,
    fires: [
      {
        severity: "warning",
        labels: { route: "api_search" },
        says: "One of twenty requests to api_search takes longer than 3.9s; the limit is 2 s.",
      },
    ],
  },
  {
    alert: "GranaryTraceQueriesSlow",
    when: "searches take between 5 and 10 seconds",
    series: searches(5, 10),
    after: 40,
    fires: [
      {
        severity: "warning",
        labels: { route: "api_search" },
        says: "One of twenty requests to api_search takes longer than 9.75s; the limit is 2 s.",
      },
      {
        severity: "critical",
        labels: { route: "api_search" },
        says: "One of twenty requests to api_search takes longer than 9.75s; the limit is 5 s.",
      },
    ],
  },
  { alert: "GranaryTraceQueriesSlow", when: "searches are quick", series: searches(0.1, 0.5), after: 40, fires: [] },

  {
    alert: "GranarySpansDiscarded",
    when: "traces grow beyond what is allowed",
    series: { [`tempo_discarded_spans_total{${tempo},tenant="single-tenant",reason="trace_too_large"}`]: "0+10x60" },
    after: 40,
    fires: [
      {
        severity: "warning",
        labels: { tenant: "single-tenant", reason: "trace_too_large" },
        says: "150 spans of tenant single-tenant were refused during 15 minutes: trace_too_large. They are lost.",
      },
    ],
  },
  {
    alert: "GranarySpansDiscarded",
    when: "none is refused any more",
    series: { [`tempo_discarded_spans_total{${tempo},tenant="single-tenant",reason="trace_too_large"}`]: "70x60" },
    after: 40,
    fires: [],
  },

  ...keepsFailing(
    "GranaryTraceFlushFailing",
    "critical",
    `tempo_ingester_failed_flushes_total{${tempo}}`,
    { pod: "tempo-0" },
    "tempo-0 failed to flush 60 blocks during an hour. Spans stay on its volume until that is full.",
  ),
  ...keepsFailing(
    "GranaryBlocklistPollFailing",
    "critical",
    `tempodb_blocklist_poll_errors_total{${tempo},tenant="single-tenant"}`,
    { tenant: "single-tenant" },
    "60 polls of tenant single-tenant failed during an hour. New traces are not found, and old ones are not deleted.",
  ),
  ...keepsFailing(
    "GranaryTraceCompactionFailing",
    "warning",
    `tempodb_compaction_errors_total{${tempo}}`,
    { namespace: "observability" },
    "60 compactions failed during an hour. Blocks pile up, and searches grow slower and dearer.",
  ),
  ...keepsFailing(
    "GranaryTraceRetentionFailing",
    "warning",
    `tempodb_retention_errors_total{${tempo}}`,
    { namespace: "observability" },
    "Retention failed 60 times during an hour. Traces stay longer than promised, and the bucket grows.",
  ),

  {
    alert: "GranaryTenantIndexStale",
    when: "the list is an hour old",
    series: { [`tempodb_blocklist_tenant_index_age_seconds{${tempo},tenant="single-tenant"}`]: "3600x60" },
    after: 30,
    fires: [
      {
        severity: "warning",
        labels: { tenant: "single-tenant" },
        says: "The list of tenant single-tenant is 1h 0m 0s old. Newer traces are not found.",
      },
    ],
  },
  {
    alert: "GranaryTenantIndexStale",
    when: "it is made anew every five minutes",
    series: { [`tempodb_blocklist_tenant_index_age_seconds{${tempo},tenant="single-tenant"}`]: "300x60" },
    after: 30,
    fires: [],
  },
];
