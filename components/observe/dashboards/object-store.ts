import { jobs, seriesOf } from "../jobs";
import { type Dashboard, graph, type Query, type Row, rate, type Scene, stat } from "./dashboard";

/** Requests, errors, bytes and what they cost, as Loki and Tempo see their store. */
export function objectStore(scene: Scene): Dashboard {
  const { store, storeNamespace } = scene;
  const clients = clientsOf(scene);
  return {
    uid: "granary-object-store",
    title: "Granary / Object store",
    description: "Requests, errors, bytes and an estimate of their cost, as Loki and Tempo see their store.",
    rows: [
      cost(scene, clients),
      requests(clients),
      ...clients.map(({ row }) => row),
      ...(store === "rook-ceph" && storeNamespace !== undefined ? [ceph(storeNamespace)] : []),
    ],
  };
}

interface Client {
  readonly name: string;
  /** A counter of HTTP requests with the labels `method` and `status_code`. */
  readonly counter: string;
  readonly series: string;
  readonly method: string;
  /** A counter of lists, which stores charge as writes; they are GETs among the requests. */
  readonly lists?: string;
  readonly row: Row;
}

function clientsOf({ logs, traces }: Scene): Client[] {
  const loki = seriesOf(jobs.logs, logs.namespace);
  const tempo = traces && seriesOf(jobs.traces, traces.namespace);
  return [
    {
      name: "Loki",
      counter: "loki_objstore_bucket_transport_requests_total",
      series: loki,
      method: "method",
      lists: `loki_objstore_bucket_operations_total{${loki},operation="iter"}`,
      row: lokiRow(loki),
    },
    ...(tempo
      ? [
          {
            name: "Tempo",
            counter: "tempodb_backend_request_duration_seconds_count",
            series: tempo,
            method: "operation",
            row: tempoRow(tempo),
          },
        ]
      : []),
  ];
}

/** During the last day, a second. */
const requested = ({ counter, series, method }: Client, methods: string) =>
  `(sum(rate(${counter}{${series},${method}=~"${methods}"}[1d])) or vector(0))`;
const listed = ({ lists }: Client) => (lists ? `(sum(rate(${lists}[1d])) or vector(0))` : "0");
const writes = (client: Client) => `${requested(client, "PUT|POST")} + ${listed(client)}`;
const reads = (client: Client) => `clamp_min(${requested(client, "GET|HEAD")} - ${listed(client)}, 0)`;

/** Seconds of a month of 30 days, for which stores charge. */
const month = 30 * 86400;

function cost({ buckets, prices }: Scene, clients: readonly Client[]): Row {
  const all = (requests: (client: Client) => string) => clients.map(requests).join(" + ");
  const held = buckets.map(({ bytes }) => `(${bytes} or vector(0))`).join(" + ") || "vector(0)";
  const parts: Query[] = [
    { expression: `(${held}) / 1e9 * ${prices.perGigabyteMonth}`, legend: "storage" },
    { expression: `(${all(writes)}) * ${month} / 1000 * ${prices.perThousandWrites}`, legend: "writes" },
    { expression: `(${all(reads)}) * ${month} / 1000 * ${prices.perThousandReads}`, legend: "reads" },
  ];
  return {
    title: "Cost",
    panels: [
      stat("Estimate for a month", "currency", parts.map(({ expression }) => expression).join(" + "), {
        width: 6,
        height: 8,
        description:
          "Stored bytes and the last day's requests at granary:observe.prices. Loki's lists count as writes, as AWS charges them; Tempo's can't be told from its reads. Traffic out of the store is not in it.",
      }),
      graph("Of what", "currency", parts, { width: 9, stacked: true }),
      graph("Held", "bytes", bucketQueries(buckets), {
        width: 9,
        description:
          "Where no exporter measures buckets (granary:observe.bucketMetrics): Tempo's blocks, and what Loki wrote during the last week times each tenant's retention. Old versions of objects and streams with a retention of their own are not in that; copies of a chunk by several ingesters count each, unless they share a cache.",
      }),
    ],
  };
}

const bucketQueries = (buckets: Scene["buckets"]): Query[] =>
  buckets.length === 0
    ? [{ expression: "vector(0)", legend: "unknown" }]
    : buckets.flatMap(({ purpose, bytes, quota }) => [
        { expression: bytes, legend: purpose },
        ...(quota === undefined ? [] : [{ expression: `vector(${quota})`, legend: `${purpose}: quota` }]),
      ]);

const requests = (clients: readonly Client[]): Row => ({
  title: "Requests",
  panels: clients.flatMap((client) => [
    graph(
      `${client.name}: requests`,
      "requests/s",
      [
        {
          expression: `sum by (${client.method}) (rate(${client.counter}{${client.series}}[$__rate_interval]))`,
          legend: `{{${client.method}}}`,
        },
      ],
      { stacked: true },
    ),
    graph(
      `${client.name}: answers other than success`,
      "requests/s",
      rate(client.counter, `${client.series},status_code!~"2..|404"`, "status_code"),
      {
        description: "404 is left out: looking for what isn't there yet is part of the work.",
      },
    ),
  ]),
});

const lokiRow = (loki: string): Row => ({
  title: "Loki",
  panels: [
    graph("Operations that fail", "operations/s", rate("loki_objstore_bucket_operation_failures_total", loki, "operation")),
    graph("How long operations take", "seconds", [
      {
        expression: `histogram_quantile(0.95, sum by (le, operation) (rate(loki_objstore_bucket_operation_duration_seconds_bucket{${loki}}[$__rate_interval])))`,
        legend: "{{operation}} p95",
      },
    ]),
    graph("Bytes", "bytes/s", [
      { expression: `sum(rate(loki_objstore_bucket_operation_fetched_bytes_total{${loki}}[$__rate_interval]))`, legend: "read" },
      {
        expression: `sum(rate(loki_objstore_bucket_operation_transferred_bytes_sum{${loki},operation="upload"}[$__rate_interval]))`,
        legend: "written",
      },
    ]),
    graph("Requests for each gigabyte taken in", "none", [
      {
        expression: `sum by (method) (rate(loki_objstore_bucket_transport_requests_total{${loki}}[1h])) / ignoring(method) group_left sum(rate(loki_distributor_bytes_received_total{${loki}}[1h])) * 1e9`,
        legend: "{{method}}",
      },
    ]),
  ],
});

const tempoRow = (tempo: string): Row => ({
  title: "Tempo",
  panels: [
    graph("How long requests take", "seconds", [
      {
        expression: `histogram_quantile(0.95, sum by (le, operation) (rate(tempodb_backend_request_duration_seconds_bucket{${tempo}}[$__rate_interval])))`,
        legend: "{{operation}} p95",
      },
    ]),
    graph("Bytes held, by state", "bytes", [
      { expression: `sum by (status) (max by (tenant, status) (tempodb_backend_bytes_total{${tempo}}))`, legend: "{{status}}" },
    ]),
  ],
});

const ceph = (namespace: string): Row => ({
  title: "Ceph's object gateway",
  panels: [
    graph("Requests", "requests/s", rate("ceph_rgw_req", `namespace="${namespace}"`, "instance_id")),
    graph("Requests that fail", "requests/s", rate("ceph_rgw_failed_req", `namespace="${namespace}"`, "instance_id")),
    graph("Requests waiting", "none", [
      { expression: `sum by (instance_id) (ceph_rgw_qlen{namespace="${namespace}"})`, legend: "{{instance_id}}" },
    ]),
    graph("Pool for objects, how full", "fraction", [
      {
        expression: `max by (name) (ceph_pool_stored{namespace="${namespace}"} / (ceph_pool_stored{namespace="${namespace}"} + ceph_pool_max_avail{namespace="${namespace}"}) * on (pool_id) group_left (name) ceph_pool_metadata{namespace="${namespace}",name=~".+[.]rgw[.]buckets[.]data"})`,
        legend: "{{name}}",
      },
    ]),
  ],
});
