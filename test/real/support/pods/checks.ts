// What every stack's Loki must do in pods, whichever store is behind it.
import { expect } from "vitest";
import type { Cluster } from "../../servers";
import { clients } from "./clients";
import { type Found, flush, pushLine, pushLines, query, queryUntil } from "./loki";
import { namespace } from "./stack";

/** The Service of a monolithic Loki. */
export const loki = "http://loki.observability.svc:3100";

export const gateway = "http://loki-gateway.observability.svc";

export const minutes = (count: number): number => count * 60_000;

/** Queries look into ingesters' memory only for the last 3 hours: what is older is read from the store. */
export const fourHoursAgo = (): Date => new Date(Date.now() - minutes(240));

export const around = (at: Date): readonly [Date, Date] => [new Date(at.getTime() - minutes(5)), new Date(at.getTime() + minutes(5))];

const grafanaFinds = (cluster: Cluster, count: number, label: string, range: readonly [Date, Date]): Promise<Found> =>
  queryUntil(count, () => query(cluster, clients.grafana, loki, label, range));

/** Pushes a line that only the store can answer for, and reads it. */
export async function expectLineFromStore(cluster: Cluster): Promise<void> {
  const at = fourHoursAgo();
  expect(await pushLine(cluster, clients.alloy, loki, "store", "a line of four hours ago", at)).toBe("204");
  await flush(cluster, namespace);
  const found = await grafanaFinds(cluster, 1, "store", around(at));
  expect(found).toEqual({ lines: ["a line of four hours ago"], chunksDownloaded: 1 });
}

/** What an exec of the probe prints where a NetworkPolicy rejects or drops its packets. */
export const refused = /connection refused|deadline exceeded|i\/o timeout/;

/** Alloy's pod is let in by the same policy, see expectLineFromStore. */
export async function expectStrangersRefused(cluster: Cluster): Promise<void> {
  expect(await pushLine(cluster, clients.stranger, loki, "stranger", "a stranger's line", new Date())).toMatch(refused);
}

/** Kills Loki's pod while lines arrive. */
export async function expectNoLossByKill(cluster: Cluster, lines: number): Promise<void> {
  const began = new Date(Date.now() - minutes(1));
  const pushing = pushLines(cluster, clients.alloy, loki, "killed", lines);
  // A quarter of them or more is still to come.
  await new Promise((done) => setTimeout(done, lines * 5));
  await cluster.kubectl("-n", namespace, "delete", "pod", "loki-0", "--grace-period=0", "--force");
  expect(await pushing).toBe(lines);
  const found = await grafanaFinds(cluster, lines, "killed", [began, new Date(Date.now() + minutes(1))]);
  expect(new Set(found.lines).size).toBe(lines);
}
