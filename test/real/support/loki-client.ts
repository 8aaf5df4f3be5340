// Loki's HTTP API, as clients outside use it.

export interface StoredLines {
  readonly lines: readonly string[];
  readonly chunksDownloaded: number;
}

interface StoreStatistics {
  readonly store: { readonly totalChunksDownloaded: number };
}

interface QueryAnswer {
  readonly data: {
    readonly result: { readonly values: [string, string][] }[];
    readonly stats: { readonly querier: StoreStatistics; readonly ingester: StoreStatistics };
  };
}

export interface LokiClient {
  push(labels: Readonly<Record<string, string>>, lines: readonly string[], at?: Date): Promise<void>;
  /** The lines that a selector finds in the last hour, oldest first. */
  query(selector: string): Promise<string[]>;
  /** The same lines, and how many chunks the query downloaded from the store for them. */
  queryStore(selector: string): Promise<StoredLines>;
  /** Begins to send what is in memory to the store. */
  flush(): Promise<void>;
  metrics(): Promise<string>;
}

/** `tenant` is needed where Loki keeps tenants apart. */
export function lokiClient(endpoint: string, tenant?: string): LokiClient {
  const headers = tenant ? { "X-Scope-OrgID": tenant } : undefined;
  const call = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(endpoint + path, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>) } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`Loki answered ${path} with ${answer.status}: ${text.trim()}`);
    return text;
  };
  const queryRange = async (selector: string) => {
    const now = Date.now();
    const range = { start: String((now - 3600_000) * 1_000_000), end: String((now + 60_000) * 1_000_000), direction: "forward" };
    const text = await call(`/loki/api/v1/query_range?${new URLSearchParams({ query: selector, limit: "1000", ...range })}`);
    return JSON.parse(text) as QueryAnswer;
  };
  return {
    push: async (labels, lines, at = new Date()) => {
      const values = lines.map((line, i) => [String(BigInt(at.getTime()) * 1_000_000n + BigInt(i)), line]);
      const body = JSON.stringify({ streams: [{ stream: labels, values }] });
      await call("/loki/api/v1/push", { method: "POST", body, headers: { "Content-Type": "application/json" } });
    },
    query: async (selector) => linesOf(await queryRange(selector)),
    queryStore: async (selector) => {
      const answer = await queryRange(selector);
      // In a single process the ingester reads from the store for the querier.
      const { querier, ingester } = answer.data.stats;
      return { lines: linesOf(answer), chunksDownloaded: querier.store.totalChunksDownloaded + ingester.store.totalChunksDownloaded };
    },
    flush: async () => void (await call("/flush", { method: "POST" })),
    metrics: () => call("/metrics"),
  };
}

const linesOf = ({ data }: QueryAnswer): string[] => data.result.flatMap(({ values }) => values.map(([, line]) => line));
