// Values for the grafana/alloy chart. The configuration itself is not among them: the chart would run it through its template engine.
import type { GranaryConfig } from "../config/schema";
import { kubernetesQuantity } from "../config/units";
import { mergeOver } from "../text/merge";
import { alloyResources } from "./sizes";
import { otlpPorts } from "./traces";
import { updateStrategy } from "./update-strategy";

type Collection = GranaryConfig["collection"];
type Values = Record<string, unknown>;

export const configurationKey = "config.alloy";

interface Release {
  /** Where the configuration's text is. */
  readonly configMap: string;
  readonly receivesTraces: boolean;
  /** How many nodes there are, where the stack says it. */
  readonly nodes?: number | undefined;
}

/** The agent on every node: root, because kubelet's log files are root's, but with no capability and nothing writable except its positions. */
export function nodeValues(config: Collection, { configMap, receivesTraces, nodes }: Release): Values {
  const { podLogs, journal, positionsPath } = config;
  const readsFiles = (podLogs.enabled && podLogs.from === "files") || journal.enabled;
  const volatileJournal = journal.enabled && journal.path.startsWith("/run/");
  const base = {
    ...common(config),
    alloy: {
      ...alloy(config, configMap),
      storagePath: positionsPath,
      ...(receivesTraces ? { extraPorts: Object.entries(otlpPorts).map(([name, port]) => otlpPort(name, port)) } : {}),
      mounts: {
        varlog: readsFiles,
        extra: [
          { name: "positions", mountPath: positionsPath },
          ...(volatileJournal ? [{ name: "journal", mountPath: journal.path, readOnly: true }] : []),
        ],
      },
      securityContext: { ...locked, runAsUser: 0, runAsGroup: 0 },
    },
    controller: {
      type: "daemonset",
      // A node's taint does not make its logs less wanted.
      tolerations: config.tolerations,
      priorityClassName: config.priorityClass,
      // Long enough to send what has been read.
      terminationGracePeriodSeconds: 90,
      updateStrategy: updateStrategy(nodes),
      volumes: {
        extra: [
          { name: "positions", hostPath: { path: positionsPath, type: "DirectoryOrCreate" } },
          ...(volatileJournal ? [{ name: "journal", hostPath: { path: journal.path, type: "Directory" } }] : []),
        ],
      },
    },
    rbac: nodeRules(config, receivesTraces),
    // Spans go to the agent of their own node, which knows the pod they come from.
    service: { enabled: true, internalTrafficPolicy: receivesTraces ? "Local" : "Cluster" },
  };
  return mergeOver(base, config.extraValues);
}

/** The one reader of Kubernetes events: no root, no path of the host, a volume of its own for how far it has read. */
export function eventsValues(config: Collection, { configMap }: Pick<Release, "configMap">): Values {
  const storagePath = "/var/lib/alloy";
  const { volumeSize, storageClass, extraValues } = config.events;
  const shared = common(config);
  const base = {
    ...shared,
    global: { ...shared.global, podSecurityContext: { fsGroup: 473 } },
    alloy: {
      ...alloy(config, configMap),
      storagePath,
      mounts: { extra: [{ name: "positions", mountPath: storagePath }] },
      securityContext: { ...locked, runAsNonRoot: true, runAsUser: 473, runAsGroup: 473 },
    },
    controller: {
      type: "statefulset",
      replicas: 1,
      terminationGracePeriodSeconds: 90,
      volumeClaimTemplates: [
        {
          metadata: { name: "positions" },
          spec: {
            accessModes: ["ReadWriteOnce"],
            ...(storageClass ? { storageClassName: storageClass } : {}),
            resources: { requests: { storage: kubernetesQuantity(volumeSize) } },
          },
        },
      ],
    },
    rbac: rules([{ resources: ["events"] }]),
    service: { enabled: true },
  };
  return mergeOver(base, extraValues);
}

const locked = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};

const common = ({ image }: Collection) => ({
  crds: { create: false },
  // The chart's pods hold two images, of which `image.registry` would move one.
  global: image.registry ? { image: { registry: image.registry } } : {},
  image: { tag: image.tag, ...(image.digest ? { digest: image.digest } : {}) },
});

const alloy = (config: Collection, configMap: string): Values => ({
  configMap: { create: false, name: configMap, key: configurationKey },
  enableReporting: false,
  stabilityLevel: "generally-available",
  resources: alloyResources(config),
});

const otlpPort = (name: string, port: number): Values => ({ name: `otlp-${name}`, port, targetPort: port, protocol: "TCP" });

/** Only what the pipelines in use ask of the API; the chart's own rules would let every agent read every Secret. */
function nodeRules({ podLogs }: Collection, receivesTraces: boolean): Values {
  return rules([
    ...(podLogs.enabled || receivesTraces ? [{ resources: ["pods"] }] : []),
    ...(receivesTraces ? [{ resources: ["namespaces"] }, { apiGroup: "apps", resources: ["replicasets"] }] : []),
    ...(podLogs.enabled && podLogs.from === "kubernetes-api" ? [{ resources: ["pods/log"] }] : []),
  ]);
}

/** The chart writes its two lists one below the other, which is no YAML when one of them is empty: so each gets its share of the verbs. */
function rules(watched: readonly { readonly resources: readonly string[]; readonly apiGroup?: string }[]): Values {
  const withVerbs = (verbs: readonly string[]) =>
    watched.map(({ resources, apiGroup = "" }) => ({ apiGroups: [apiGroup], resources, verbs }));
  return { create: true, rules: withVerbs(["get"]), clusterRules: withVerbs(["list", "watch"]) };
}
