import { type AlertCase, loki } from "./case";

const push = `${loki},method="POST",route="loki_api_v1_push",ws="false"`;
const requests = (failed: number) => ({
  [`loki_request_duration_seconds_count{${push},status_code="204"}`]: `0+${1000 - failed}x60`,
  [`loki_request_duration_seconds_count{${push},status_code="500"}`]: `0+${failed}x60`,
});
const query = `${loki},method="GET",route="loki_api_v1_query_range",ws="false"`;
const queryRoute = { route: "loki_api_v1_query_range" };
/** All queries take between the first two bounds. */
const queries = (route: string, above: number, below: number) => ({
  [`loki_request_duration_seconds_bucket{${route},status_code="200",le="${above}"}`]: "0x60",
  [`loki_request_duration_seconds_bucket{${route},status_code="200",le="${below}"}`]: "0+10x60",
  [`loki_request_duration_seconds_bucket{${route},status_code="200",le="+Inf"}`]: "0+10x60",
});

export const logsRequestsCases: readonly AlertCase[] = [
  {
    alert: "GranaryLogQueriesSlow",
    when: "queries take between 2 and 4 seconds",
    series: queries(query, 2, 4),
    after: 40,
    fires: [
      {
        severity: "warning",
        labels: queryRoute,
        says: "One of twenty requests to loki_api_v1_query_range takes longer than 3.9s; the limit is 2 s.",
      },
    ],
  },
  {
    alert: "GranaryLogQueriesSlow",
    when: "queries take between 5 and 10 seconds",
    series: queries(query, 5, 10),
    after: 40,
    fires: [
      {
        severity: "warning",
        labels: queryRoute,
        says: "One of twenty requests to loki_api_v1_query_range takes longer than 9.75s; the limit is 2 s.",
      },
      {
        severity: "critical",
        labels: queryRoute,
        says: "One of twenty requests to loki_api_v1_query_range takes longer than 9.75s; the limit is 5 s.",
      },
    ],
  },
  { alert: "GranaryLogQueriesSlow", when: "queries are quick", series: queries(query, 0.1, 0.25), after: 40, fires: [] },
  {
    alert: "GranaryLogQueriesSlow",
    when: "a tail stays open for long, as tails do",
    series: queries(`${loki},method="GET",route="loki_api_v1_tail",ws="true"`, 5, 10),
    after: 40,
    fires: [],
  },

  {
    alert: "GranaryLogErrorRateHigh",
    when: "2% of pushes fail",
    series: requests(20),
    after: 30,
    fires: [
      { severity: "warning", labels: { route: "loki_api_v1_push" }, says: "2% of the requests to loki_api_v1_push fail; the limit is 1%." },
    ],
  },
  {
    alert: "GranaryLogErrorRateHigh",
    when: "10% of pushes fail",
    series: requests(100),
    after: 30,
    fires: [
      {
        severity: "warning",
        labels: { route: "loki_api_v1_push" },
        says: "10% of the requests to loki_api_v1_push fail; the limit is 1%.",
      },
      {
        severity: "critical",
        labels: { route: "loki_api_v1_push" },
        says: "10% of the requests to loki_api_v1_push fail; the limit is 5%.",
      },
    ],
  },
  { alert: "GranaryLogErrorRateHigh", when: "0.5% of pushes fail", series: requests(5), after: 30, fires: [] },
];
