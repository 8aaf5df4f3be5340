// What everything stands on: programs that run, volumes with room, certificates that hold.
import { minutes } from "../../config/units";
import { jobs } from "../jobs";
import { type Alert, type AlertGroup, atLevels, percent, type Watched } from "./alert";

export function platformAlerts(watched: Watched): AlertGroup {
  const { thresholds, logs, traces, collection, storeNamespace } = watched;
  const programs = [
    { program: "Loki", job: jobs.logs, namespace: logs.namespace },
    ...(traces ? [{ program: "Tempo", job: jobs.traces, namespace: traces.namespace }] : []),
    ...(collection ? [{ program: "Alloy", job: jobs.collection, namespace: collection.namespace }] : []),
  ];
  const own = [...new Set(programs.map(({ namespace }) => namespace))];
  const withStore = [...own, ...(storeNamespace !== undefined && !own.includes(storeNamespace) ? [storeNamespace] : [])];
  return {
    name: "granary-platform",
    alerts: [
      ...programs.map(downAlert),
      restartAlert(oneOf("namespace", own)),
      ...atLevels(thresholds.storageUsage, (limit) => volumeAlert(oneOf("namespace", own), limit)),
      ...atLevels(thresholds.certificateExpiry, ({ seconds }) => certificateAlert(withStore, seconds)),
    ],
  };
}

const oneOf = (label: string, values: readonly string[]): string => `${label}=~"${values.join("|")}"`;

const downAlert = ({ program, job, namespace }: { program: string; job: string; namespace: string }): Alert => ({
  name: "GranaryProgramDown",
  severity: "critical",
  labels: { program },
  expression: `min by (pod) (up{job="${job}",namespace="${namespace}"}) == 0 or absent(up{job="${job}",namespace="${namespace}"})`,
  lasting: minutes(10),
  summary: "A program doesn't answer",
  description: `Prometheus gets no metrics from {{ with $labels.pod }}{{ . }}{{ else }}any pod of ${program}{{ end }}: it is down, gone, or out of reach.`,
});

const restartAlert = (namespaces: string): Alert => ({
  name: "GranaryPodRestarting",
  severity: "warning",
  expression: `sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total{${namespaces}}[1h])) > 3`,
  lasting: minutes(5),
  summary: "A program starts again and again",
  description:
    "{{ $labels.container }} in {{ $labels.namespace }}/{{ $labels.pod }} restarted {{ $value | humanize }} times during an hour.",
});

const volumeAlert = (namespaces: string, limit: number): Omit<Alert, "severity"> => ({
  name: "GranaryVolumeFilling",
  expression: `max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_used_bytes{${namespaces}} / kubelet_volume_stats_capacity_bytes{${namespaces}}) > ${limit}`,
  lasting: minutes(15),
  summary: "A volume fills up",
  description: `{{ $labels.persistentvolumeclaim }} is {{ $value | humanizePercentage }} full; the limit is ${percent(limit)}.`,
});

/** From whichever of the usual three reports it: cert-manager, the certificate exporter, or a probe from outside. */
function certificateAlert(namespaces: readonly string[], seconds: number): Omit<Alert, "severity"> {
  // Prometheus keeps the label `namespace` for cert-manager's own pod, unless its monitor says otherwise (honorLabels).
  const issued = (label: string) =>
    `min by (${label}, name) (certmanager_certificate_expiration_timestamp_seconds{${oneOf(label, namespaces)}})`;
  const sources = [
    issued("namespace"),
    issued("exported_namespace"),
    `min by (secret_namespace, secret_name) (x509_cert_not_after{${oneOf("secret_namespace", namespaces)}})`,
    `min by (instance) (probe_ssl_earliest_cert_expiry{${oneOf("namespace", namespaces)}})`,
  ];
  return {
    name: "GranaryCertificateExpiring",
    expression: `(${sources.join(" or ")}) - time() < ${seconds}`,
    lasting: minutes(60),
    summary: "A certificate ends soon",
    description:
      "The certificate {{ $labels.name }}{{ $labels.secret_name }}{{ $labels.instance }} ends in {{ $value | humanizeDuration }}. After that, programs refuse to talk to each other.",
  };
}
