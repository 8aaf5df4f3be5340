// The pipeline of pods' lines: find this node's pods, keep those that are wanted, read, shape, hand on.
import type { GranaryConfig } from "../config/schema";
import { goDuration } from "../config/units";
import { block, component } from "./alloy/components";
import { type Block, call, environment, exportOf, map, type Reference } from "./alloy/syntax";
import { streamSelector } from "./logql";
import { dropForeign, type Share } from "./shares";

type Collection = GranaryConfig["collection"];
type PodLogs = Collection["podLogs"];

const meta = (name: string): string => `__meta_kubernetes_${name}`;
/** Prometheus' form of a Kubernetes label's name. */
const metaLabel = (name: string): string => meta(`pod_label_${name.replace(/[^A-Za-z0-9_]/g, "_")}`);

export const podsOfNode = (): Block =>
  component("discovery.kubernetes", "pods", { role: "pod" }, [
    // The chart sets HOSTNAME to the node's name. Without this every node would watch, and read, the pods of all.
    block("selectors", { role: "pod", field: call("string.format", "spec.nodeName=%s", environment("HOSTNAME")) }),
  ]);

/** One tenant's lines, from the node's pods to what takes them in. */
export function podLogs(config: Collection, { suffix, sink, from }: Share, pods: Block, receiver: Reference): Block[] {
  const { podLogs: wanted } = config;
  const label = `pods${suffix}`;
  const labelled = component("discovery.relabel", label, { targets: exportOf(pods, "targets") }, [
    ...tenantRules(from),
    ...namespaceRules(wanted),
    ...labelRules(wanted),
    ...(wanted.from === "files" ? pathRules() : []),
  ]);
  const shaped = component("loki.process", `pods${sink}`, { forward_to: [receiver] }, [...dropForeign(from), ...stages(wanted)]);
  const targets = exportOf(labelled, "output");
  const forward_to = [exportOf(shaped, "receiver")];
  const source =
    wanted.from === "files"
      ? component("loki.source.file", label, { targets, forward_to, on_positions_file_error: "restart_from_beginning" }, [
          block("file_match", { enabled: true, sync_period: "5s" }),
        ])
      : component("loki.source.kubernetes", label, { targets, forward_to });
  return [labelled, source, shaped];
}

const ofNamespaces = (action: "keep" | "drop", names: readonly string[]): Block[] =>
  names.length > 0 ? [block("rule", { action, source_labels: [meta("namespace")], regex: names.join("|") })] : [];

const tenantRules = (from: Share["from"]): Block[] =>
  "only" in from ? ofNamespaces("keep", from.only) : ofNamespaces("drop", from.allBut);

const namespaceRules = ({ dropNamespaces, onlyNamespaces }: PodLogs): Block[] => [
  ...ofNamespaces("keep", onlyNamespaces),
  ...ofNamespaces("drop", dropNamespaces),
];

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

function stages({ from, multiline, dropLines }: PodLogs): Block[] {
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
