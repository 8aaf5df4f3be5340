// Loki as its clients in the cluster see it: pushed to from a pod, queried from another, and flushed by the operator.
import type { Cluster } from "../../servers";
import { eventually } from "../eventually";
import { type ProbePod, requestFrom } from "../probe-pod";

export interface LokiService {
  /** `http://loki.observability.svc:3100` */
  readonly push: string;
  readonly query: string;
}

export interface Found {
  readonly lines: readonly string[];
  /** Chunks that the query downloaded from the store. Lines in the ingester's memory need none. */
  readonly chunksDownloaded: number;
}

const pushPath = "/loki/api/v1/push";

/** Pushes one line; returns the answer's status, or why there is none. */
export function pushLine(cluster: Cluster, from: ProbePod, base: string, label: string, line: string, at: Date): Promise<string> {
  const body = JSON.stringify({ streams: [{ stream: { test: label }, values: [[nanoseconds(at), line]] }] });
  return cluster
    .exec(from, "/probe", "post", base + pushPath, body)
    .then((answer) => answer.trim().slice(0, 3))
    .catch((error: Error) => error.message);
}

/** Pushes numbered lines until each is acknowledged; returns how many were. */
export async function pushLines(cluster: Cluster, from: ProbePod, base: string, label: string, count: number): Promise<number> {
  return Number(await cluster.exec(from, "/probe", "push", base + pushPath, label, String(count)));
}

export interface Selection {
  /** A stream selector: `{namespace="shop"}`. */
  readonly selector: string;
  readonly range: readonly [Date, Date];
  readonly tenant?: string;
}

export const query = (cluster: Cluster, from: ProbePod, base: string, label: string, range: Selection["range"]): Promise<Found> =>
  select(cluster, from, base, { selector: `{test="${label}"}`, range });

export async function select(cluster: Cluster, from: ProbePod, base: string, { selector, range, tenant }: Selection): Promise<Found> {
  const [start, end] = range.map(nanoseconds);
  const parameters = new URLSearchParams({ query: selector, start: start ?? "", end: end ?? "", limit: "5000", direction: "forward" });
  const answer = await requestFrom(cluster, from, `${base}/loki/api/v1/query_range?${parameters}`, tenant);
  if (!answer.startsWith("200 ")) throw new Error(`Loki answered the query with ${answer}`);
  const { data } = JSON.parse(answer.slice(4)) as Answer;
  return {
    lines: data.result.flatMap(({ values }) => values.map(([, line]) => line)),
    chunksDownloaded: data.stats.querier.store.totalChunksDownloaded,
  };
}

/** Queries until `count` lines are found, because a pod that has just restarted answers with errors. */
export function queryUntil(count: number, ask: () => Promise<Found>, withinSeconds = 90): Promise<Found> {
  const nothing = { lines: [], chunksDownloaded: 0 };
  return eventually(
    () => ask().catch(() => nothing),
    ({ lines }) => lines.length >= count,
    withinSeconds,
  );
}

interface Answer {
  readonly data: {
    readonly result: readonly { readonly values: readonly [string, string][] }[];
    readonly stats: { readonly querier: { readonly store: { readonly totalChunksDownloaded: number } } };
  };
}

const nanoseconds = (date: Date): string => `${date.getTime()}000000`;

const ingesters = "app.kubernetes.io/name=loki,app.kubernetes.io/component in (single-binary, write, ingester)";

/** Writes chunks and index from memory to the store, in every pod that ingests. */
export async function flush(cluster: Cluster, namespace: string): Promise<void> {
  const listed = await cluster.kubectl("-n", namespace, "get", "pods", "-l", ingesters, "-o", "name");
  const pods = listed.trim().split("\n").filter(Boolean);
  if (pods.length === 0) throw new Error(`no pod of Loki ingests in ${namespace}`);
  for (const pod of pods) {
    const forward = await cluster.portForward(namespace, pod, 3100);
    try {
      const answer = await fetch(`${forward.endpoint}/flush`, { method: "POST" });
      if (!answer.ok) throw new Error(`${pod} answered /flush with ${answer.status}`);
    } finally {
      await forward.stop();
    }
  }
}
