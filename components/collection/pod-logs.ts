// The pipeline of pods' lines: find this node's pods, keep those that are wanted, read, shape, hand on.
import type { GranaryConfig } from "../config/schema";
import { goDuration } from "../config/units";
import { block, component } from "./alloy/components";
import { type Block, call, environment, exportOf, map, type Reference } from "./alloy/syntax";
import { streamSelector } from "./logql";

type Collection = GranaryConfig["collection"];
type PodLogs = Collection["podLogs"];

const meta = (name: string): string => `__meta_kubernetes_${name}`;
/** Prometheus' form of a Kubernetes label's name. */
const metaLabel = (name: string): string => meta(`pod_label_${name.replace(/[^A-Za-z0-9_]/g, "_")}`);

export function podLogs(config: Collection, receiver: Reference): Block[] {
  const { podLogs: wanted } = config;
  const pods = component("discovery.kubernetes", "pods", { role: "pod" }, [
    // The chart sets HOSTNAME to the node's name. Without this every node would watch, and read, the pods of all.
    block("selectors", { role: "pod", field: call("string.format", "spec.nodeName=%s", environment("HOSTNAME")) }),
  ]);
  const labelled = component("discovery.relabel", "pods", { targets: exportOf(pods, "targets") }, [
    ...namespaceRules(wanted),
    ...labelRules(wanted),
    ...(wanted.from === "files" ? pathRules() : []),
  ]);
  const shaped = component("loki.process", "pods", { forward_to: [receiver] }, stages(config));
  const targets = exportOf(labelled, "output");
  const forward_to = [exportOf(shaped, "receiver")];
  const source =
    wanted.from === "files"
      ? component("loki.source.file", "pods", { targets, forward_to, on_positions_file_error: "restart_from_beginning" }, [
          block("file_match", { enabled: true, sync_period: "5s" }),
        ])
      : component("loki.source.kubernetes", "pods", { targets, forward_to });
  return [pods, labelled, source, shaped];
}

function namespaceRules({ dropNamespaces, onlyNamespaces }: PodLogs): Block[] {
  const source_labels = [meta("namespace")];
  const rule = (action: "keep" | "drop", names: readonly string[]) =>
    names.length > 0 ? [block("rule", { action, source_labels, regex: names.join("|") })] : [];
  return [...rule("keep", onlyNamespaces), ...rule("drop", dropNamespaces)];
}

function labelRules({ podLabels }: PodLogs): Block[] {
  const copy = (from: string, to: string) => block("rule", { source_labels: [from], target_label: to });
  return [
    copy(meta("namespace"), "namespace"),
    copy(meta("pod_name"), "pod"),
    copy(meta("pod_container_name"), "container"),
    // The recommended label, else the customary one, else the container's name: the first that is not empty.
    block("rule", {
      source_labels: [metaLabel("app.kubernetes.io/name"), metaLabel("app"), metaLabel("k8s-app"), meta("pod_container_name")],
      regex: "^;*([^;]+)(?:;.*)?$",
      replacement: "$1",
      target_label: "app",
    }),
    ...Object.entries(podLabels)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([label, podLabel]) => copy(metaLabel(podLabel), label)),
  ];
}

function pathRules(): Block[] {
  const path = { separator: "/", replacement: "/var/log/pods/*$1/*.log", target_label: "__path__" } as const;
  return [
    block("rule", { ...path, source_labels: [meta("pod_uid"), meta("pod_container_name")], regex: "(.+)" }),
    // Static pods: their folder carries the hash of their file, not the uid of their mirror in the API.
    block("rule", {
      ...path,
      source_labels: [
        meta("pod_annotationpresent_kubernetes_io_config_hash"),
        meta("pod_annotation_kubernetes_io_config_hash"),
        meta("pod_container_name"),
      ],
      regex: "true/(.+)",
    }),
  ];
}

function stages({ podLogs: { from, multiline, dropLines }, tenants }: Collection): Block[] {
  return [
    ...(from === "files"
      ? [
          block("stage.cri", {}),
          // As metadata and not as a label: it would double the number of streams.
          block("stage.structured_metadata", { values: map({ stream: "" }) }),
          block("stage.label_drop", { values: ["filename", "stream"] }),
        ]
      : []),
    ...multiline.map(({ firstLine, maxWait, maxLines, ...where }) =>
      matching(where, block("stage.multiline", { firstline: firstLine, max_wait_time: goDuration(maxWait), max_lines: maxLines })),
    ),
    ...dropLines.map(({ matching: expression, reason, ...where }) =>
      matching(where, block("stage.drop", { expression, drop_counter_reason: reason })),
    ),
    ...Object.entries(tenants)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([tenant, namespaces]) => matching({ namespaces }, block("stage.tenant", { value: tenant }))),
  ];
}

interface Selection {
  readonly namespaces?: readonly string[] | undefined;
  readonly apps?: readonly string[] | undefined;
  readonly containers?: readonly string[] | undefined;
}

function matching({ namespaces, apps, containers }: Selection, stage: Block): Block {
  const selector = streamSelector({ namespace: namespaces, app: apps, container: containers });
  return selector === undefined ? stage : block("stage.match", { selector }, [stage]);
}
