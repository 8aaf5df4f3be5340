// What Alloy collects in pods: lines that pods write, and spans that they send.
import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { eventually } from "../eventually";
import { requestFrom, startProbePod } from "../probe-pod";
import { traceBody } from "../spans";
import { around, loki } from "./checks";
import { clients } from "./clients";
import { queryUntil, select } from "./loki";
import { namespace, type PodStack } from "./stack";

/** Loki's own log, which the kubelet writes to the node's disk and Alloy reads. */
export async function expectCollectedLog({ cluster }: PodStack): Promise<void> {
  const selector = `{namespace="${namespace}", pod="loki-0"}`;
  const found = await queryUntil(1, () => select(cluster, clients.grafana, loki, { selector, range: around(new Date()) }));
  expect(found.lines.length).toBeGreaterThan(0);
}

export interface Writer {
  readonly namespace: string;
  readonly lines: number;
  readonly began: Date;
}

/** A pod that writes numbered lines. */
export async function startWriter({ cluster }: PodStack, namespace: string, lines: number, perSecond: number): Promise<Writer> {
  const began = new Date();
  await startProbePod(cluster, { namespace, name: "writer", args: ["write", String(lines), String(perSecond)] });
  return { namespace, lines, began };
}

/** What Loki holds of it; without a tenant where there are none. */
export async function linesOf({ cluster }: PodStack, { namespace, began }: Writer, tenant?: string): Promise<readonly string[]> {
  const selection = { selector: `{namespace="${namespace}", pod="writer"}`, range: [began, new Date()] as const };
  return (await select(cluster, clients.grafana, loki, tenant ? { ...selection, tenant } : selection)).lines;
}

/** Names of Alloy's pods; the test's own pod in its place is of no release. */
export const agents = ({ cluster }: PodStack): Promise<string> =>
  cluster.kubectl(
    "-n",
    "observability-collection",
    "get",
    "pods",
    "-l",
    "app.kubernetes.io/name=alloy,app.kubernetes.io/instance",
    "-o",
    "name",
  );

/** A pod writes while an update replaces the node's Alloy, which runs twice for a moment. Loki stores once what both send. */
export async function expectNoLossByUpdate(stack: PodStack): Promise<void> {
  const writer = await startWriter(stack, "default", 3000, 50);
  const before = await agents(stack);
  stack.project.configure({ "granary:collection": { resources: { requests: { memory: "300Mi" } } } });
  await stack.project.expectOk(stack.project.up());
  expect(await agents(stack)).not.toBe(before);
  const found = await eventually(
    () => linesOf(stack, writer),
    (lines) => lines.length >= writer.lines,
    90,
  );
  expect(found.length).toBe(writer.lines);
  expect(new Set(found).size).toBe(writer.lines);
}

/** A trace from a pod to its node's Alloy, to Tempo, to the bucket, and back to Grafana. */
export async function expectTraceInStore({ cluster, objects }: PodStack): Promise<void> {
  const traceId = randomBytes(16).toString("hex");
  const url = "http://granary-alloy.observability-collection.svc:4318/v1/traces";
  expect(await cluster.exec(clients.stranger, "/probe", "post", url, traceBody(traceId))).toMatch(/^200 /);
  const trace = await eventually(
    () => requestFrom(cluster, clients.grafana, `http://tempo.observability.svc:3200/api/traces/${traceId}`),
    (answer) => answer.startsWith("200 "),
    90,
  );
  expect(trace).toMatch(/^200 .*granary-test/s);
  const tempo = await cluster.portForward(namespace, "pod/tempo-0", 3200);
  try {
    expect((await fetch(`${tempo.endpoint}/flush`, { method: "POST" })).status).toBe(204);
    const blocks = async () => (await objects("granary-tempo-traces")).filter((key) => key.endsWith("/data.parquet"));
    expect(await eventually(blocks, (keys) => keys.length > 0, 90)).not.toEqual([]);
  } finally {
    await tempo.stop();
  }
}
