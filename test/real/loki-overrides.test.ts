// What the file of overrides makes a real Loki do for tenants that keep less than the stack, or than one of its streams.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { lokiConfig } from "../../components/logs/config";
import { runtimeConfig } from "../../components/logs/config/limits";
import { diskBinding, lokiInput } from "../logs/fixture";
import { type LokiPlace, loki, needs } from "./servers";
import { eventually } from "./support/eventually";
import { localLoki } from "./support/local-loki";
import { describeReal } from "./support/suite";

const nanoseconds = (hoursAgo: number): string => `${Date.now() - hoursAgo * 3_600_000}000000`;

describeReal("Loki, told what each tenant has of its own", [needs("loki")], () => {
  const short = { retention: "1d" };
  const tenants = [{ name: "short", logs: short }, { name: "late", logs: short }, { name: "other" }];
  const input = lokiInput(
    {
      retention: "30d",
      compactor: { streams: [{ selector: '{namespace="audit"}', keep: "90d" }] },
      extraConfig: { query_range: { cache_results: false } },
    },
    tenants,
    { chunks: diskBinding, ruler: diskBinding },
  );

  const configuration = (place: LokiPlace): string => {
    const { overrides = {} } = runtimeConfig(input) as { overrides?: Record<string, object> };
    const file = join(place.folder, "overrides.json");
    // `late` stands for `short` on the day on which it wrote what it now looks for.
    writeFileSync(file, JSON.stringify({ overrides: { ...overrides, late: { ...overrides.late, reject_old_samples: false } } }));
    const document = parseDocument(localLoki(lokiConfig(input), place));
    document.setIn(["runtime_config", "file"], file);
    return document.toString();
  };

  let server: Awaited<ReturnType<typeof loki.start>>;
  beforeAll(async () => {
    server = await loki.start({ configuration });
  });
  afterAll(() => server?.stop());

  const push = (tenant: string, namespace: string, hoursAgo: number) =>
    fetch(`${server.endpoint}/loki/api/v1/push`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-scope-orgid": tenant },
      body: JSON.stringify({ streams: [{ stream: { namespace }, values: [[nanoseconds(hoursAgo), `from ${namespace}`]] }] }),
    });

  const lines = async (tenant: string, namespace: string): Promise<string[]> => {
    const query = new URLSearchParams({ query: `{namespace="${namespace}"}`, start: nanoseconds(72), end: nanoseconds(0) });
    const answer = await fetch(`${server.endpoint}/loki/api/v1/query_range?${query}`, { headers: { "x-scope-orgid": tenant } });
    expect(answer.status).toBe(200);
    const { data } = (await answer.json()) as { data: { result: { values: [string, string][] }[] } };
    return data.result.flatMap(({ values }) => values.map(([, line]) => line));
  };

  it("refuses lines that are older than the tenant keeps them, and takes those of others", async () => {
    const refused = await push("short", "shop", 48);
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("timestamp too old")]);
    expect((await push("other", "shop", 48)).status).toBe(204);
  });

  it("finds lines that a stream keeps longer than their tenant does", async () => {
    expect((await push("late", "audit", 48)).status).toBe(204);
    await fetch(`${server.endpoint}/flush`, { method: "POST" });
    const found = await eventually(
      () => lines("late", "audit"),
      ({ length }) => length > 0,
    );
    expect(found).toEqual(["from audit"]);
  });
});
