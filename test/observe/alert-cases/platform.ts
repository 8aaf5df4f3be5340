import { type AlertCase, loki } from "./case";

const up = (value: string) => ({
  [`up{${loki}}`]: value,
  'up{job="granary/tempo",namespace="observability",pod="tempo-0"}': "1x60",
  'up{job="granary/alloy",namespace="observability-collection",pod="alloy-x"}': "1x60",
});
const claim = 'namespace="observability",persistentvolumeclaim="storage-loki-0"';
const volume = (used: number) => ({
  [`kubelet_volume_stats_used_bytes{${claim}}`]: `${used}x60`,
  [`kubelet_volume_stats_capacity_bytes{${claim}}`]: "100x60",
});
const day = 86400;
const certificate = (days: number) => ({
  'certmanager_certificate_expiration_timestamp_seconds{namespace="rook-ceph",name="rgw"}': `${days * day + 6000}x120`,
});
const restarts = (values: string) => ({
  'kube_pod_container_status_restarts_total{namespace="observability",pod="loki-0",container="loki"}': values,
});

export const platformCases: readonly AlertCase[] = [
  {
    alert: "GranaryProgramDown",
    when: "Loki's pod doesn't answer",
    series: up("0x60"),
    after: 20,
    fires: [
      {
        severity: "critical",
        labels: { program: "Loki", pod: "loki-0" },
        says: "Prometheus gets no metrics from loki-0: it is down, gone, or out of reach.",
      },
    ],
  },
  {
    alert: "GranaryProgramDown",
    when: "Loki is not there at all",
    series: {
      'up{job="granary/tempo",namespace="observability",pod="tempo-0"}': "1x60",
      'up{job="granary/alloy",namespace="observability-collection",pod="alloy-x"}': "1x60",
    },
    after: 20,
    fires: [
      {
        severity: "critical",
        labels: { program: "Loki", job: "granary/loki", namespace: "observability" },
        says: "Prometheus gets no metrics from any pod of Loki: it is down, gone, or out of reach.",
      },
    ],
  },
  {
    alert: "GranaryProgramDown",
    when: "Tempo and Alloy are not there",
    series: { [`up{${loki}}`]: "1x60" },
    after: 20,
    fires: [
      {
        severity: "critical",
        labels: { program: "Tempo", job: "granary/tempo", namespace: "observability" },
        says: "Prometheus gets no metrics from any pod of Tempo: it is down, gone, or out of reach.",
      },
      {
        severity: "critical",
        labels: { program: "Alloy", job: "granary/alloy", namespace: "observability-collection" },
        says: "Prometheus gets no metrics from any pod of Alloy: it is down, gone, or out of reach.",
      },
    ],
  },
  { alert: "GranaryProgramDown", when: "all answer", series: up("1x60"), after: 20, fires: [] },
  { alert: "GranaryProgramDown", when: "one was restarted", series: up("1x10 0x4 1x40"), after: 20, fires: [] },

  {
    alert: "GranaryPodRestarting",
    when: "Loki starts every ten minutes",
    series: restarts("0x9 1x9 2x9 3x9 4x9 5x9 6x9 7x9 8x20"),
    after: 75,
    fires: [
      {
        severity: "warning",
        labels: { namespace: "observability", pod: "loki-0", container: "loki" },
        says: "loki in observability/loki-0 restarted 6 times during an hour.",
      },
    ],
  },
  { alert: "GranaryPodRestarting", when: "it was restarted twice", series: restarts("0x30 1x30 2x60"), after: 90, fires: [] },

  {
    alert: "GranaryVolumeFilling",
    when: "it is three quarters full",
    series: volume(75),
    after: 30,
    fires: [
      {
        severity: "warning",
        labels: { namespace: "observability", persistentvolumeclaim: "storage-loki-0" },
        says: "storage-loki-0 is 75% full; the limit is 70%.",
      },
    ],
  },
  {
    alert: "GranaryVolumeFilling",
    when: "it is nine tenths full",
    series: volume(90),
    after: 30,
    fires: [
      {
        severity: "warning",
        labels: { namespace: "observability", persistentvolumeclaim: "storage-loki-0" },
        says: "storage-loki-0 is 90% full; the limit is 70%.",
      },
      {
        severity: "critical",
        labels: { namespace: "observability", persistentvolumeclaim: "storage-loki-0" },
        says: "storage-loki-0 is 90% full; the limit is 85%.",
      },
    ],
  },
  { alert: "GranaryVolumeFilling", when: "there is room", series: volume(50), after: 30, fires: [] },

  {
    alert: "GranaryCertificateExpiring",
    when: "it ends in two weeks",
    series: certificate(14),
    after: 100,
    fires: [
      {
        severity: "warning",
        labels: { namespace: "rook-ceph", name: "rgw" },
        says: "The certificate rgw ends in 14d 0h 0m 0s. After that, programs refuse to talk to each other.",
      },
    ],
  },
  {
    alert: "GranaryCertificateExpiring",
    when: "it ends in three days, as the certificate exporter says",
    series: { 'x509_cert_not_after{secret_namespace="observability",secret_name="granary-gateway-tls"}': `${3 * day + 6000}x120` },
    after: 100,
    fires: [
      {
        severity: "warning",
        labels: { secret_namespace: "observability", secret_name: "granary-gateway-tls" },
        says: "The certificate granary-gateway-tls ends in 3d 0h 0m 0s. After that, programs refuse to talk to each other.",
      },
      {
        severity: "critical",
        labels: { secret_namespace: "observability", secret_name: "granary-gateway-tls" },
        says: "The certificate granary-gateway-tls ends in 3d 0h 0m 0s. After that, programs refuse to talk to each other.",
      },
    ],
  },
  {
    alert: "GranaryCertificateExpiring",
    when: "it ends in two weeks, as cert-manager's own monitor brings it: its namespace renamed to make room for that of cert-manager's pod",
    series: {
      'certmanager_certificate_expiration_timestamp_seconds{namespace="cert-manager",exported_namespace="rook-ceph",name="rgw"}': `${14 * day + 6000}x120`,
      'certmanager_certificate_expiration_timestamp_seconds{namespace="cert-manager",exported_namespace="shop",name="shop"}': `${day}x120`,
    },
    after: 100,
    fires: [
      {
        severity: "warning",
        labels: { exported_namespace: "rook-ceph", name: "rgw" },
        says: "The certificate rgw ends in 14d 0h 0m 0s. After that, programs refuse to talk to each other.",
      },
    ],
  },
  { alert: "GranaryCertificateExpiring", when: "it was renewed", series: certificate(60), after: 100, fires: [] },
];
