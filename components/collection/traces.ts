// The pipeline of spans: receive OTLP from this node's pods, say which pod they came from, part them by tenant, queue, batch, hand to Tempo.
import type { GranaryConfig } from "../config/schema";
import type { TracesEndpoint } from "../traces/endpoint";
import { block, component } from "./alloy/components";
import { type Block, environment, exportOf, map } from "./alloy/syntax";
import { type Share, sharesOf } from "./shares";

export const otlpPorts = { grpc: 4317, http: 4318 } as const;

const metadata = [
  "k8s.namespace.name",
  "k8s.pod.name",
  "k8s.pod.uid",
  "k8s.node.name",
  "k8s.deployment.name",
  "k8s.statefulset.name",
  "k8s.daemonset.name",
  "k8s.job.name",
  "k8s.cronjob.name",
  "k8s.container.name",
];

export function otlpToTempo(config: GranaryConfig["collection"], tempo: TracesEndpoint): Block[] {
  const ways = sharesOf(config.tenants, tempo).map((share) => wayOf(config, tempo, share));
  const pods = component("otelcol.processor.k8sattributes", "pods", {}, [
    block("extract", { metadata }),
    block("filter", { node: environment("HOSTNAME") }),
    block("pod_association", {}, [block("source", { from: "resource_attribute", name: "k8s.pod.uid" })]),
    block("pod_association", {}, [block("source", { from: "resource_attribute", name: "k8s.pod.ip" })]),
    block("pod_association", {}, [block("source", { from: "connection" })]),
    output(ways.map(([first]) => first)),
  ]);
  const limiter = component(
    "otelcol.processor.memory_limiter",
    "spans",
    { check_interval: "1s", limit_percentage: 75, spike_limit_percentage: 20 },
    [output([pods])],
  );
  const receiver = component("otelcol.receiver.otlp", "pods", {}, [
    block("grpc", { endpoint: `0.0.0.0:${otlpPorts.grpc}` }),
    block("http", { endpoint: `0.0.0.0:${otlpPorts.http}` }),
    output([limiter]),
  ]);
  return [receiver, limiter, pods, ...ways.flat()];
}

/** A tenant's components, the one that takes spans in first. */
function wayOf(config: GranaryConfig["collection"], tempo: TracesEndpoint, share: Share): readonly [Block, ...Block[]] {
  const exporter = exporterOf(config, tempo, share);
  const conditions = foreign(share.from);
  if (conditions.length === 0) return [exporter];
  const own = component("otelcol.processor.filter", `spans${share.suffix}`, { error_mode: "ignore" }, [
    block("trace_conditions", { context: "resource", conditions }),
    output([exporter]),
  ]);
  return [own, exporter];
}

function exporterOf({ traces: { queueSize } }: GranaryConfig["collection"], tempo: TracesEndpoint, { sink, tenant }: Share): Block {
  const headers = map({ "X-Scope-OrgID": tenant });
  return component("otelcol.exporter.otlp", `tempo${sink}`, {}, [
    block("client", { endpoint: tempo.otlpGrpc, headers }, [block("tls", { insecure: true })]),
    block("retry_on_failure", { max_elapsed_time: "0s", max_interval: "30s" }),
    // Batches are made behind the queue and not by a processor before it: that would say "taken" to programs and throw away what a full
    // queue refuses. So the refusal reaches the program, whose exporter tries again.
    block("sending_queue", { queue_size: queueSize.bytes, sizer: "bytes" }, [
      // Tempo takes messages of up to 4 MiB.
      block("batch", { flush_timeout: "1s", min_size: 2 ** 20, max_size: 3 * 2 ** 20, sizer: "bytes" }),
    ]),
  ]);
}

const namespace = 'resource.attributes["k8s.namespace.name"]';

/** Conditions in OpenTelemetry's language that hold for the spans of others; a span without a namespace differs from every name. */
const foreign = (from: Share["from"]): string[] =>
  "only" in from
    ? [from.only.map((name) => `${namespace} != ${JSON.stringify(name)}`).join(" and ")]
    : from.allBut.map((name) => `${namespace} == ${JSON.stringify(name)}`);

const output = (next: readonly Block[]): Block => block("output", { traces: next.map((each) => exportOf(each, "input")) });
