// One span at a time, by OTLP over HTTP.

export interface Sent {
  readonly tenant?: string;
  /** How long an attribute of it is. */
  readonly bytes?: number;
}

/** The status that it was answered with. */
export const sendTrace = async (...of: Parameters<typeof postTrace>): Promise<number> => (await postTrace(...of)).status;

export function postTrace(otlp: string, traceId: string, sent: Sent = {}): Promise<Response> {
  const { tenant } = sent;
  const headers = { "Content-Type": "application/json", ...(tenant ? { "X-Scope-OrgID": tenant } : {}) };
  return fetch(otlp, { method: "POST", headers, body: traceBody(traceId, sent) });
}

/** A trace of one span, as OTLP over HTTP carries it. */
export function traceBody(traceId: string, { bytes = 0 }: Sent = {}): string {
  const end = BigInt(Date.now()) * 1_000_000n;
  const span = {
    traceId,
    spanId: traceId.slice(0, 16),
    name: "GET /api/v1/items",
    kind: 2,
    startTimeUnixNano: String(end - 5_000_000n),
    endTimeUnixNano: String(end),
    attributes: [{ key: "filling", value: { stringValue: "x".repeat(bytes) } }],
  };
  const attributes = [{ key: "service.name", value: { stringValue: "granary-test" } }];
  return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }] });
}
