import { type AlertCase, alloy, alloyPod } from "./case";

const tempo = `${alloy},component_id="otelcol.exporter.otlp.tempo"`;

const notSent = (full: string) => ({
  severity: "warning" as const,
  labels: { ...alloyPod, component_id: "otelcol.exporter.otlp.tempo" },
  says: `The queue of otelcol.exporter.otlp.tempo of alloy-x is ${full} full and does not empty. A full one refuses spans.`,
});

export const collectionSpansCases: readonly AlertCase[] = [
  {
    alert: "GranarySpansLost",
    when: "Tempo refuses spans for good, the first time",
    series: { [`otelcol_exporter_send_failed_spans_total{${tempo},error_type="ResourceExhausted",error_permanent="true"}`]: "_x10 20x60" },
    after: 12,
    fires: [
      {
        severity: "critical",
        labels: { ...alloyPod, component_id: "otelcol.exporter.otlp.tempo" },
        says: "otelcol.exporter.otlp.tempo of alloy-x gave up 20 spans during 15 minutes. They are lost.",
      },
    ],
  },
  {
    alert: "GranarySpansLost",
    when: "all arrive",
    series: { [`otelcol_exporter_send_failed_spans_total{${tempo}}`]: "0x60" },
    after: 40,
    fires: [],
  },

  {
    alert: "GranarySpansNotSent",
    when: "the queue fills faster than it empties",
    series: {
      [`otelcol_exporter_queue_size{${tempo}}`]: "80x60",
      [`otelcol_exporter_queue_capacity{${tempo}}`]: "100x60",
      [`otelcol_exporter_sent_spans_total{${tempo}}`]: "0+20x60",
    },
    after: 30,
    fires: [notSent("80%")],
  },
  {
    alert: "GranarySpansNotSent",
    when: "few wait, but none has ever got away",
    series: { [`otelcol_exporter_queue_size{${tempo}}`]: "2x60", [`otelcol_exporter_queue_capacity{${tempo}}`]: "100x60" },
    after: 30,
    fires: [notSent("2%")],
  },
  {
    alert: "GranarySpansNotSent",
    when: "some wait and others get away",
    series: {
      [`otelcol_exporter_queue_size{${tempo}}`]: "2x60",
      [`otelcol_exporter_queue_capacity{${tempo}}`]: "100x60",
      [`otelcol_exporter_sent_spans_total{${tempo}}`]: "0+20x60",
    },
    after: 30,
    fires: [],
  },
  {
    alert: "GranarySpansNotSent",
    when: "nobody sends any",
    series: {
      [`otelcol_exporter_queue_size{${tempo}}`]: "0x60",
      [`otelcol_exporter_queue_capacity{${tempo}}`]: "100x60",
      [`otelcol_exporter_sent_spans_total{${tempo}}`]: "5x60",
    },
    after: 30,
    fires: [],
  },

  {
    alert: "GranarySpansRefused",
    when: "memory runs out",
    series: { [`otelcol_receiver_refused_spans_total{${alloy}}`]: "0+20x60" },
    after: 40,
    fires: [
      {
        severity: "warning",
        labels: alloyPod,
        says: "alloy-x refused 300 spans during 15 minutes, for want of memory or room in its queue. Programs send them again, or lose them.",
      },
    ],
  },
  {
    alert: "GranarySpansRefused",
    when: "there is room",
    series: { [`otelcol_receiver_refused_spans_total{${alloy}}`]: "0x60" },
    after: 40,
    fires: [],
  },
];
