// Alloy before a real Tempo: what becomes of spans that are over a tenant's rate.
import { randomBytes } from "node:crypto";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { nodeConfiguration } from "../../components/collection/node-agent";
import { tempoConfig } from "../../components/traces/config";
import { collectionConfig, logs, traces } from "../collection/fixture";
import { cephBinding } from "../logs/fixture";
import { tempoInput } from "../traces/fixture";
import { ceph } from "./servers";
import { freePorts } from "./servers/run/ports";
import { alloyBinary, localAlloy, startAlloy, withoutAlloy } from "./support/alloy";
import { eventually } from "./support/eventually";
import { s3 } from "./support/s3";
import { sendTrace } from "./support/spans";
import { startTempo, tempoBinary, withoutTempo } from "./support/tempo";

const missing = [...(alloyBinary ? [] : [withoutAlloy]), ...(tempoBinary ? [] : [withoutTempo]), ...ceph.missing()];
const bucket = "over-the-rate";

/** The sum of a counter's series with this label. */
const sum = (metrics: string, name: string, label: string): number =>
  metrics
    .split("\n")
    .filter((line) => line.startsWith(`${name}{`) && line.includes(label))
    .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);

describe.skipIf(missing.length > 0)(`Alloy before Tempo${missing.length > 0 ? ` (${missing.join("; ")})` : ""}`, () => {
  test("waits with what is over the rate, and loses none of it", async () => {
    const store = await ceph.shared();
    const keys = await store.user("over-the-rate-tempo");
    await s3(store.endpoint, keys).send(new CreateBucketCommand({ Bucket: bucket }));
    const limits = { ingestionRate: "1Mi", ingestionBurst: "4Mi", maxTraceSize: "4Mi" };
    const configuration = tempoConfig(tempoInput({ limits }, [], cephBinding(bucket)));
    const tempo = await startTempo(configuration, { endpoint: store.tlsEndpoint, caFile: store.caFile }, keys);
    const [otlpGrpcPort = 0, otlpHttpPort = 0] = await freePorts(2);
    const text = nodeConfiguration(collectionConfig({}), logs, { ...traces, otlpGrpc: tempo.otlpGrpc });
    const alloy = await startAlloy(localAlloy(text, { pods: [], logs: "/nowhere", otlpGrpcPort, otlpHttpPort }));
    try {
      const spans = 20;
      const otlp = `http://127.0.0.1:${otlpHttpPort}/v1/traces`;
      for (let i = 0; i < spans; i++) expect(await sendTrace(otlp, randomBytes(16).toString("hex"), { bytes: 500_000 })).toBe(200);
      const sent = async () => sum(await alloy.metrics(), "otelcol_exporter_sent_spans_total", "");
      expect(await eventually(sent, (count) => count >= spans, 90)).toBe(spans);
      expect(sum(await alloy.metrics(), "otelcol_exporter_send_failed_spans_total", "")).toBe(0);
      const seen = await (await fetch(`${tempo.endpoint}/metrics`)).text();
      // Some came more than once, or nothing was over the rate.
      expect(sum(seen, "tempo_discarded_spans_total", 'reason="rate_limited"')).toBeGreaterThan(0);
      expect(sum(seen, "tempo_distributor_spans_received_total", "")).toBe(spans);
    } finally {
      await alloy.stop();
      await tempo.stop();
    }
  });
});
