import { type Dashboard, graph, lines, type Panel, table } from "./dashboard";

// Loki gives every stream a service_name: its application, else its job. It wants one matcher that can't be empty.
const every = 'service_name=~".+"';
const chosen = `{${every},namespace=~"$namespace",app=~"$app",pod=~"$pod"}`;
const bytes = (by: string) => ({ expression: `sum by (${by}) (bytes_over_time(${chosen}[$__auto]))`, legend: `{{${by}}}` });
const fromLogs = { source: "logs" as const };
const stacked = { ...fromLogs, stacked: true };
const mostOf = (title: string, by: string): Panel =>
  table(title, "bytes", `topk(20, sum by (${by}) (bytes_over_time(${chosen}[$__range])))`, fromLogs);

/** Who writes how much, and how loudly. */
export const logVolume = (): Dashboard => ({
  uid: "granary-log-volume",
  title: "Granary / Log volume",
  description: "What is written, by namespace, pod and level, asked of Loki itself.",
  variables: [
    { name: "namespace", label: "Namespace", source: "logs", values: { label: "namespace", series: `{${every}}` } },
    { name: "app", label: "Application", source: "logs", values: { label: "app", series: `{${every},namespace=~"$namespace"}` } },
    { name: "pod", label: "Pod", source: "logs", values: { label: "pod", series: `{${every},namespace=~"$namespace",app=~"$app"}` } },
  ],
  rows: [
    {
      title: "Over time",
      panels: [
        graph("By namespace", "bytes", [bytes("namespace")], stacked),
        graph("By application", "bytes", [bytes("service_name")], {
          ...stacked,
          description: "Lines of no application go by their job: node-journal, kubernetes-events.",
        }),
        graph(
          "By pod",
          "bytes",
          [{ expression: `topk(20, sum by (pod) (bytes_over_time(${chosen}[$__auto])))`, legend: "{{pod}}" }],
          stacked,
        ),
        graph(
          "Lines by level",
          "none",
          [{ expression: `sum by (detected_level) (count_over_time(${chosen}[$__auto]))`, legend: "{{detected_level}}" }],
          { ...stacked, description: "Loki reads the level out of each line, or calls it unknown." },
        ),
      ],
    },
    { title: "The most", panels: [mostOf("Namespaces", "namespace"), mostOf("Pods", "namespace, pod")] },
    {
      title: "Lines",
      panels: [
        graph(
          "Errors by application",
          "none",
          [
            {
              expression: `sum by (namespace, service_name) (count_over_time(${chosen} | detected_level=~"error|critical|fatal" [$__auto]))`,
              legend: "{{namespace}}/{{service_name}}",
            },
          ],
          { ...fromLogs, width: 24 },
        ),
        lines("Errors", `${chosen} | detected_level=~"error|critical|fatal"`),
      ],
    },
  ],
});
