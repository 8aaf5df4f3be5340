// What is installed, on purpose and by number. Chart 3 brings Tempo 3, which renames its configuration and needs Kafka to scale; this one is Tempo 2.10.
export const tempoChart = { chart: "oci://ghcr.io/grafana-community/helm-charts/tempo", version: "2.2.4" } as const;

/** The release's name, and by it that of its service and its service account. */
export const release = "tempo";

/** The TempoStack's name; the operator calls its services `tempo-granary-<component>` and its account `tempo-granary`. */
export const stack = "granary";
