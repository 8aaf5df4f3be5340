import { describe, expect, test } from "vitest";
import { eventsValues, nodeValues } from "../../components/collection/values";
import { describeChart, unknownPaths } from "../support/chart-values";
import { expectedReady } from "../support/rollout";
import { collectionConfig, everything } from "./fixture";

// biome-ignore lint/suspicious/noExplicitAny: values are the chart's, and as loose as it.
type Values = any;
const node = (config: unknown = {}, receivesTraces = true, nodes?: number): Values =>
  nodeValues(collectionConfig(config), { configMap: "configuration", receivesTraces, nodes });
const events = (config: unknown = everything): Values => eventsValues(collectionConfig(config), { configMap: "configuration" });

describeChart("alloy", "every value", (known) => {
  test("exists in the chart", () => {
    for (const values of [node(), node(everything), node({ podLogs: { enabled: false } }, false), events()]) {
      expect(unknownPaths(values, known)).toEqual([]);
    }
  });
});

describe("the agent on the nodes", () => {
  test("is pinned, and sends nothing to its makers", () => {
    expect(node().image).toEqual({ tag: "v1.18.1" });
    expect(node().alloy.enableReporting).toBe(false);
    const digest = `sha256:${"a".repeat(64)}`;
    expect(node({ image: { digest } }).image).toEqual({ tag: "v1.18.1", digest });
  });

  test("takes its configuration from a ConfigMap of ours, which no template engine touches", () => {
    expect(node().alloy.configMap).toEqual({ create: false, name: "configuration", key: "config.alloy" });
  });

  test("is root without capabilities, on a file system that it can't write to but for its positions", () => {
    expect(node().alloy.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
      runAsGroup: 0,
      runAsUser: 0,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(node().alloy.mounts.extra).toEqual([{ name: "positions", mountPath: "/var/lib/granary/alloy" }]);
  });

  test("keeps its positions on the node", () => {
    const values = node({ positionsPath: "/mnt/positions" });
    expect(values.alloy.storagePath).toBe("/mnt/positions");
    expect(values.controller.volumes.extra).toEqual([
      { name: "positions", hostPath: { path: "/mnt/positions", type: "DirectoryOrCreate" } },
    ]);
  });

  test.each([
    ["files", { podLogs: { from: "files" } }, true],
    ["the API server", { podLogs: { from: "kubernetes-api" } }, false],
    ["the API server, and the journal", { podLogs: { from: "kubernetes-api" }, journal: { enabled: true } }, true],
  ])("sees the nodes' logs only where it reads %s", (_, config, varlog) => {
    expect(node(config).alloy.mounts.varlog).toBe(varlog);
  });

  test("sees a journal in memory where the stack says that it is there", () => {
    expect(node({ journal: { enabled: true, path: "/run/log/journal" } }).alloy.mounts.extra).toContainEqual({
      name: "journal",
      mountPath: "/run/log/journal",
      readOnly: true,
    });
  });

  test("may read no Secret, and no more of the API than its pipelines ask for", () => {
    const resources = (values: Values) => [
      ...new Set([...values.rbac.rules, ...values.rbac.clusterRules].flatMap((rule) => rule.resources)),
    ];
    expect(resources(node())).toEqual(["pods", "namespaces", "replicasets"]);
    expect(resources(node({}, false))).toEqual(["pods"]);
    expect(resources(node({ podLogs: { from: "kubernetes-api" } }, false))).toEqual(["pods", "pods/log"]);
    expect(resources(node({ podLogs: { enabled: false }, journal: { enabled: true } }, false))).toEqual([]);
    expect(resources(events())).toEqual(["events"]);
    for (const values of [node(everything), events()]) {
      for (const rule of [...values.rbac.rules, ...values.rbac.clusterRules])
        expect(["get", "list", "watch"]).toEqual(expect.arrayContaining(rule.verbs));
    }
  });

  test("fills neither of the chart's two lists of rules without the other, which would be no YAML", () => {
    for (const values of [node(), node({}, false), node({ podLogs: { enabled: false } }, false), events()]) {
      expect(values.rbac.rules.length > 0).toBe(values.rbac.clusterRules.length > 0);
    }
  });

  test("is reached by its own node's programs, where it takes spans", () => {
    expect(node().service.internalTrafficPolicy).toBe("Local");
    expect(node().alloy.extraPorts.map(({ name, port }: Values) => `${name}:${port}`)).toEqual(["otlp-grpc:4317", "otlp-http:4318"]);
    expect(node({}, false).alloy.extraPorts).toBeUndefined();
  });

  test("takes both its images from the registry that the stack names", () => {
    for (const values of [node({ image: { registry: "registry.example" } }), events({ image: { registry: "registry.example" } })]) {
      expect(values.global.image).toEqual({ registry: "registry.example" });
    }
    expect(node().global).toEqual({});
  });

  test("gets what its size says, but for what the stack says", () => {
    expect(node().alloy.resources).toEqual({ requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "512Mi" } });
    expect(node({ size: "production", resources: { limits: { memory: "2Gi" } } }).alloy.resources).toEqual({
      requests: { cpu: "500m", memory: "512Mi" },
      limits: { memory: "2Gi" },
    });
  });

  test("is waited for by Helm on every node, and on all but a tenth of many", () => {
    const waits = (nodes: number, stated?: number) => expectedReady(node({}, true, stated).controller.updateStrategy, nodes);
    expect([1, 2, 3, 10, 100].map((nodes) => waits(nodes))).toEqual([1, 2, 3, 10, 100]);
    expect([1, 2, 3, 10, 100].map((nodes) => waits(nodes, nodes))).toEqual([1, 2, 3, 9, 90]);
  });

  test("can be changed in everything by the stack", () => {
    expect(node({ extraValues: { controller: { nodeSelector: { pool: "workers" } } } }).controller).toMatchObject({
      type: "daemonset",
      nodeSelector: { pool: "workers" },
    });
  });
});

describe("the reader of events", () => {
  test("is one, not root, and keeps how far it has read on a volume", () => {
    const { controller, alloy } = events();
    expect(controller).toMatchObject({ type: "statefulset", replicas: 1 });
    expect(alloy.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 473 });
    expect(controller.volumeClaimTemplates[0].spec).toEqual({
      accessModes: ["ReadWriteOnce"],
      storageClassName: "fast",
      resources: { requests: { storage: "1Gi" } },
    });
    expect(alloy.mounts.varlog).toBeUndefined();
  });

  test("has values of its own to be changed by", () => {
    const extraValues = { global: { image: { pullSecrets: [{ name: "registry" }] } } };
    expect(events({ events: { enabled: true, extraValues } }).global).toEqual({
      podSecurityContext: { fsGroup: 473 },
      image: { pullSecrets: [{ name: "registry" }] },
    });
    expect(events({ extraValues })).toEqual(events({}));
    expect(node({ events: { enabled: true, extraValues } }).global).toEqual({});
  });
});
