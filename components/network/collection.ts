// Traffic of Alloy: from programs that send spans, to the API server, to Loki and Tempo.
import type { CollectionEndpoint } from "../collection/endpoint";
import type { LogsEndpoint } from "../logs/endpoint";
import type { TracesEndpoint } from "../traces/endpoint";
import { alloyPods, lokiTarget } from "./logs";
import { anyNamespace, type NetworkConfig, namespaceNamed, network, onNodes, outside, type Policy, podsIn, probes, tcp } from "./policy";
import { tempoPods } from "./traces";

const ports = { http: 12345, otlpGrpc: 4317, otlpHttp: 4318 } as const;

export function collectionPolicies(
  config: NetworkConfig,
  { namespace, otlpGrpc }: CollectionEndpoint,
  logs: LogsEndpoint,
  traces: TracesEndpoint | undefined,
): Policy[] {
  const push = lokiTarget(logs, logs.pushUrl);
  const senders = config.tracesFrom.length > 0 ? config.tracesFrom.map(namespaceNamed) : [anyNamespace];
  return [
    {
      name: "granary-alloy",
      namespace,
      purpose: "Alloy finds pods by the API server and pushes what they write to Loki.",
      pods: alloyPods,
      ingress: [{ peers: [outside(config.prometheus)], ports: tcp(ports.http) }, ...probes(config, ports.http)],
      egress: [
        { peers: [...config.apiServer.cidrs.map(network), ...onNodes(config, "kube-apiserver")], ports: tcp(...config.apiServer.ports) },
        { peers: [podsIn(logs.namespace, push.pods)], ports: tcp(push.port) },
      ],
    },
    ...(traces && otlpGrpc
      ? [
          {
            name: "granary-alloy-traces",
            namespace,
            purpose: "Programs send spans to Alloy, which hands them to Tempo.",
            pods: alloyPods,
            ingress: [{ peers: senders, ports: tcp(ports.otlpGrpc, ports.otlpHttp) }],
            egress: [{ peers: [podsIn(traces.namespace, tempoPods(traces))], ports: tcp(ports.otlpGrpc) }],
          },
        ]
      : []),
  ];
}
