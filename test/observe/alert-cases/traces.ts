import { type AlertCase, tempo } from "./case";

const pushRoute = "/tempopb.Pusher/PushBytesV2";
const pushes = `${tempo},method="gRPC",route="${pushRoute}",ws="false"`;
const requests = (failed: number) => ({
  [`tempo_request_duration_seconds_count{${pushes},status_code="success"}`]: `0+${1000 - failed}x60`,
  [`tempo_request_duration_seconds_count{${pushes},status_code="error"}`]: `0+${failed}x60`,
});
const spans = (refused: number) => ({
  [`tempo_receiver_accepted_spans{${tempo},receiver="otlp/otlp_receiver",transport="grpc"}`]: `0+${1000 - refused}x60`,
  [`tempo_receiver_refused_spans{${tempo},receiver="otlp/otlp_receiver",transport="grpc"}`]: `0+${refused}x60`,
});
const discarded = `tempo_discarded_spans_total{${tempo},tenant="single-tenant",reason="trace_too_large"}`;
const refusedSpans = (count: number) => ({
  severity: "warning" as const,
  labels: { tenant: "single-tenant", reason: "trace_too_large" },
  says: `${count} spans of tenant single-tenant were refused during 15 minutes: trace_too_large. They are lost.`,
});
const searches = (above: number, below: number) => {
  const route = `${tempo},method="GET",route="api_search",status_code="200",ws="false"`;
  return {
    [`tempo_request_duration_seconds_bucket{${route},le="${above}"}`]: "0x60",
    [`tempo_request_duration_seconds_bucket{${route},le="${below}"}`]: "0+10x60",
    [`tempo_request_duration_seconds_bucket{${route},le="+Inf"}`]: "0+10x60",
  };
};

const ingestion = (share: string, limit: string) =>
  `${share} of the spans that are sent to Tempo are refused; the limit is ${limit}. Alloy sends them again as long as its queue holds.`;

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
    alert: "GranaryTraceIngestionFailing",
    when: "2% of the spans are refused",
    series: spans(20),
    after: 30,
    fires: [{ severity: "warning", says: ingestion("2%", "1%") }],
  },
  {
    alert: "GranaryTraceIngestionFailing",
    when: "all spans are refused",
    series: spans(1000),
    after: 30,
    fires: [
      { severity: "warning", says: ingestion("100%", "1%") },
      { severity: "critical", says: ingestion("100%", "5%") },
    ],
  },
  { alert: "GranaryTraceIngestionFailing", when: "few are refused", series: spans(1), after: 30, fires: [] },

  {
    alert: "GranaryTraceErrorRateHigh",
    when: "2% of pushes fail",
    series: requests(20),
    after: 30,
    fires: [{ severity: "warning", labels: { route: pushRoute }, says: `2% of the requests to ${pushRoute} fail; the limit is 1%.` }],
  },
  {
    alert: "GranaryTraceErrorRateHigh",
    when: "10% of pushes fail",
    series: requests(100),
    after: 30,
    fires: [
      { severity: "warning", labels: { route: pushRoute }, says: `10% of the requests to ${pushRoute} fail; the limit is 1%.` },
      { severity: "critical", labels: { route: pushRoute }, says: `10% of the requests to ${pushRoute} fail; the limit is 5%.` },
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
    series: { [discarded]: "0+10x60" },
    after: 40,
    fires: [refusedSpans(150)],
  },
  {
    alert: "GranarySpansDiscarded",
    when: "it is a single burst, with which the series begins",
    series: { [discarded]: "_x30 70x60" },
    after: 32,
    fires: [refusedSpans(70)],
  },
  {
    alert: "GranarySpansDiscarded",
    when: "none is refused any more",
    series: { [discarded]: "70x60" },
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
    `tempodb_blocklist_poll_errors_total{${tempo},tenant=""}`,
    {},
    "Listing blocks failed 60 times during an hour. New traces are not found, and old ones are not deleted.",
  ),
  ...keepsFailing(
    "GranaryBlocklistPollFailing",
    "critical",
    `tempodb_blocklist_tenant_index_errors_total{${tempo},tenant="shop"}`,
    { tenant: "shop" },
    "Listing blocks of tenant shop failed 60 times during an hour. New traces are not found, and old ones are not deleted.",
  ),
  {
    alert: "GranaryBlocklistPollFailing",
    when: "the store went away at the tenth minute, and with the first of its polls, every five minutes, the series began",
    series: { [`tempodb_blocklist_poll_errors_total{${tempo},tenant=""}`]: "_x10 1x4 2x4 3x4 4x4 5x4" },
    after: 30,
    fires: [
      {
        severity: "critical",
        labels: {},
        says: "Listing blocks failed 4.1 times during an hour. New traces are not found, and old ones are not deleted.",
      },
    ],
  },
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
    series: { [`tempodb_blocklist_tenant_index_age_seconds{${tempo},tenant="shop"}`]: "3600x60" },
    after: 30,
    fires: [
      {
        severity: "warning",
        labels: { tenant: "shop" },
        says: "The list of tenant shop is 1h 0m 0s old. Newer traces are not found.",
      },
    ],
  },
  {
    alert: "GranaryTenantIndexStale",
    when: "it is made anew every five minutes",
    series: { [`tempodb_blocklist_tenant_index_age_seconds{${tempo},tenant="shop"}`]: "300x60" },
    after: 30,
    fires: [],
  },
];
