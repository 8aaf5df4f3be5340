import { jobs, seriesOf } from "../jobs";
import { type Dashboard, graph, lines, quantiles, rate, type Scene, stat, table } from "./dashboard";

/** How quickly questions are answered, and which are not. */
export function queryPerformance({ logs }: Scene): Dashboard {
  const loki = seriesOf(jobs.logs, logs.namespace);
  const answered = 'route=~"loki_api_v1_(query|query_range|labels|label_name_values|series|index_.*|detected_.*)"';
  // Loki writes one such line for each query, as its own log; app is the label that the collection gives its pods.
  const statistics = `{namespace="${logs.namespace}",app="loki"} |= "metrics.go" | logfmt`;
  const hits = (hit: string, all: string) =>
    `sum by (name) (rate(${hit}{${loki}}[$__rate_interval])) / sum by (name) (rate(${all}{${loki}}[$__rate_interval]))`;
  return {
    uid: "granary-query-performance",
    title: "Granary / Query performance",
    description: "Loki's queries: how long they take and wait, what they read, and the slowest of them.",
    rows: [
      {
        title: "Now",
        panels: [
          stat(
            "95 of 100 within",
            "seconds",
            `histogram_quantile(0.95, sum by (le) (rate(loki_request_duration_seconds_bucket{${loki},${answered}}[$__rate_interval])))`,
            {
              width: 6,
              limits: { warning: 2, critical: 5 },
            },
          ),
          stat("Queries", "requests/s", `sum(rate(loki_logql_querystats_latency_seconds_count{${loki}}[$__rate_interval]))`, { width: 6 }),
          stat("Waiting", "none", `sum(loki_query_scheduler_queue_length{${loki}})`, { width: 6, limits: { warning: 50, critical: 500 } }),
          stat("Tails open", "none", `sum(loki_querier_tail_active{${loki}})`, { width: 6 }),
        ],
      },
      {
        title: "Time",
        panels: [
          graph("By route", "seconds", [
            {
              expression: `histogram_quantile(0.95, sum by (le, route) (rate(loki_request_duration_seconds_bucket{${loki},${answered}}[$__rate_interval])))`,
              legend: "{{route}} p95",
            },
          ]),
          graph("By kind of query", "seconds", quantiles("loki_logql_querystats_latency_seconds", loki, "type")),
          graph("In the queue", "seconds", quantiles("loki_query_scheduler_queue_duration_seconds", loki)),
          graph("Loading chunks", "seconds", quantiles("loki_logql_querystats_chunk_download_latency_seconds", loki)),
        ],
      },
      {
        title: "Work",
        panels: [
          graph("Bytes read a second, by query", "bytes/s", quantiles("loki_logql_querystats_bytes_processed_per_seconds", loki)),
          graph("Chunks loaded", "operations/s", rate("loki_logql_querystats_downloaded_chunk_total", loki, "status_code")),
          graph("Found in caches", "fraction", [{ expression: hits("loki_cache_hits", "loki_cache_fetched_keys"), legend: "{{name}}" }]),
          graph("Queries by status", "requests/s", rate("loki_logql_querystats_latency_seconds_count", loki, "status_code"), {
            stacked: true,
          }),
        ],
      },
      {
        title: "Which queries",
        panels: [
          table("Asked most often", "none", `topk(20, sum by (query) (count_over_time(${statistics} | keep query [$__range])))`, {
            source: "logs",
          }),
          table(
            "Read the most",
            "bytes",
            `topk(20, sum by (query) (sum_over_time(${statistics} | keep query, total_bytes | unwrap bytes(total_bytes) [$__range])))`,
            {
              source: "logs",
            },
          ),
          lines(
            "Slower than five seconds",
            `${statistics} | duration > 5s | line_format "{{.duration}} {{.total_bytes}} {{.status}} {{.query}}"`,
          ),
        ],
      },
    ],
  };
}
