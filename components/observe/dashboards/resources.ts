import { type Dashboard, graph, type Scene, table } from "./dashboard";

/** What everything uses, against what it may use. */
export function resources({ logs, traces, collection }: Scene): Dashboard {
  const namespaces = [...new Set([logs.namespace, ...(traces ? [traces.namespace] : []), ...(collection ? [collection.namespace] : [])])];
  const chosen = `namespace=~"${namespaces.join("|")}",pod=~"$pod"`;
  const containers = `${chosen},container!="",container!="POD"`;
  const perPod = (expression: string, what = "") => ({ expression, legend: `{{pod}}${what}` });
  return {
    uid: "granary-resources",
    title: "Granary / Resources",
    description: "Processor, memory, network and disk of Loki, Tempo and Alloy, from the kubelet and kube-state-metrics.",
    variables: [
      {
        name: "pod",
        label: "Pod",
        source: "metrics",
        values: { label: "pod", series: `kube_pod_container_resource_requests{namespace=~"${namespaces.join("|")}"}` },
      },
    ],
    rows: [
      {
        title: "Processor and memory",
        panels: [
          graph("Processor", "cores", [perPod(`sum by (pod) (rate(container_cpu_usage_seconds_total{${containers}}[$__rate_interval]))`)]),
          graph("Memory", "bytes", [perPod(`sum by (pod) (container_memory_working_set_bytes{${containers}})`)]),
          graph("Processor held back", "fraction", [
            perPod(
              `sum by (pod) (rate(container_cpu_cfs_throttled_periods_total{${containers}}[$__rate_interval])) / sum by (pod) (rate(container_cpu_cfs_periods_total{${containers}}[$__rate_interval]))`,
            ),
          ]),
          graph("Memory of what is allowed", "fraction", [
            perPod(
              `sum by (pod) (container_memory_working_set_bytes{${containers}}) / sum by (pod) (kube_pod_container_resource_limits{${containers},resource="memory"})`,
            ),
          ]),
        ],
      },
      {
        title: "Network and disk",
        panels: [
          graph("Received", "bytes/s", [perPod(`sum by (pod) (rate(container_network_receive_bytes_total{${chosen}}[$__rate_interval]))`)]),
          graph("Sent", "bytes/s", [perPod(`sum by (pod) (rate(container_network_transmit_bytes_total{${chosen}}[$__rate_interval]))`)]),
          graph("Volumes, how full", "fraction", [
            {
              expression: `max by (persistentvolumeclaim) (kubelet_volume_stats_used_bytes{namespace=~"${namespaces.join("|")}"} / kubelet_volume_stats_capacity_bytes{namespace=~"${namespaces.join("|")}"})`,
              legend: "{{persistentvolumeclaim}}",
            },
          ]),
          table(
            "Restarts within a day",
            "none",
            `sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total{${chosen}}[1d])) > 0`,
          ),
        ],
      },
      {
        title: "Inside the programs",
        panels: [
          graph("Goroutines", "none", [perPod(`sum by (pod) (go_goroutines{${chosen},job=~"granary/.*"})`)]),
          graph("Heap in use", "bytes", [perPod(`sum by (pod) (go_memstats_heap_inuse_bytes{${chosen},job=~"granary/.*"})`)]),
        ],
      },
    ],
  };
}
