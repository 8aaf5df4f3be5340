// The pipeline of spans: receive OTLP from this node's pods, say which pod they came from, batch, hand to Tempo.
import type { GranaryConfig } from "../config/schema";
import type { TracesEndpoint } from "../traces/endpoint";
import { block, component } from "./alloy/components";
import { type Block, environment, exportOf, map } from "./alloy/syntax";

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

export function otlpToTempo({ traces: { queueSize } }: GranaryConfig["collection"], tempo: TracesEndpoint): Block[] {
  const exporter = component("otelcol.exporter.otlp", "tempo", {}, [
    block("client", { endpoint: tempo.otlpGrpc, headers: tempo.multiTenant ? map({ "X-Scope-OrgID": tempo.tenant }) : undefined }, [
      block("tls", { insecure: true }),
    ]),
    // For as long as the queue lasts; a full one refuses, and the programs' own exporters try again.
    block("retry_on_failure", { max_elapsed_time: "0s", max_interval: "30s" }),
    block("sending_queue", { queue_size: queueSize }),
  ]);
  const batch = component("otelcol.processor.batch", "spans", { timeout: "1s" }, [output(exporter)]);
  const pods = component("otelcol.processor.k8sattributes", "pods", {}, [
    block("extract", { metadata }),
    block("filter", { node: environment("HOSTNAME") }),
    block("pod_association", {}, [block("source", { from: "resource_attribute", name: "k8s.pod.uid" })]),
    block("pod_association", {}, [block("source", { from: "resource_attribute", name: "k8s.pod.ip" })]),
    block("pod_association", {}, [block("source", { from: "connection" })]),
    output(batch),
  ]);
  const limiter = component(
    "otelcol.processor.memory_limiter",
    "spans",
    { check_interval: "1s", limit_percentage: 75, spike_limit_percentage: 20 },
    [output(pods)],
  );
  const receiver = component("otelcol.receiver.otlp", "pods", {}, [
    block("grpc", { endpoint: `0.0.0.0:${otlpPorts.grpc}` }),
    block("http", { endpoint: `0.0.0.0:${otlpPorts.http}` }),
    output(limiter),
  ]);
  return [receiver, limiter, pods, batch, exporter];
}

const output = (next: Block): Block => block("output", { traces: [exportOf(next, "input")] });
