import { describe, expect, it } from "vitest";
import { lokiConfig } from "../../components/logs/config";
import { lokiValues } from "../../components/logs/values";
import { describeChart, unknownPaths } from "../support/chart-values";
import { cephBinding, diskBinding, lokiInput } from "./fixture";

// biome-ignore lint/suspicious/noExplicitAny: chart values are an open map
const values = (...input: Parameters<typeof lokiInput>): any => lokiValues(lokiInput(...input));
const modes = ["monolithic", "simple-scalable", "distributed"];
const hash = `$2y$10$${"a".repeat(53)}`;

describe("the chart's values", () => {
  it("hold the very configuration that Loki is tested with", () => {
    expect(values().loki.config).toBe(lokiConfig(lokiInput()));
  });

  it("name every component, so that none runs by the chart's default", () => {
    const replicas = (mode: string) =>
      Object.fromEntries(
        Object.entries(values({ mode, patterns: true })).flatMap(([key, value]) =>
          isComponent(key) ? [[key, (value as { replicas: number }).replicas]] : [],
        ),
      );
    expect(replicas("monolithic")).toEqual({ ...none, singleBinary: 1 });
    expect(replicas("simple-scalable")).toEqual({ ...none, write: 3, read: 1, backend: 1 });
    expect(replicas("distributed")).toEqual({
      ...none,
      distributor: 1,
      ingester: 3,
      querier: 1,
      queryFrontend: 1,
      queryScheduler: 1,
      indexGateway: 1,
      compactor: 1,
      ruler: 1,
      patternIngester: 1,
    });
  });

  it("give production the sizes that were planned for it, and let any cell be overridden", () => {
    const { write, read, backend, gateway } = values({
      mode: "simple-scalable",
      size: "production",
      components: { backend: { replicas: 2, disk: "40Gi" } },
    });
    expect(write).toMatchObject({ replicas: 3, resources: { requests: { cpu: "1", memory: "2Gi" } }, persistence: { size: "10Gi" } });
    expect(read).toMatchObject({ replicas: 3, resources: { requests: { cpu: "1", memory: "2Gi" } } });
    expect(backend).toMatchObject({ replicas: 2, resources: { requests: { cpu: "500m", memory: "1Gi" } }, persistence: { size: "40Gi" } });
    expect(gateway).toMatchObject({ replicas: 2, resources: { requests: { cpu: "500m", memory: "512Mi" } } });
    const { singleBinary } = values({ components: { monolithic: { resources: { limits: { memory: "2Gi" } } } } });
    expect(singleBinary.resources).toEqual({ requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "1", memory: "2Gi" } });
  });

  it("claim a disk wherever one may be asked for, as large as was said", () => {
    const sizesOf = (mode: string, names: readonly string[]) => {
      const components = Object.fromEntries(names.map((name) => [name, { disk: "33Gi" }]));
      const given = values({ mode, patterns: true, components });
      return names.map((name) => {
        const { persistence } = given[name === "monolithic" ? "singleBinary" : name];
        const [claim] = persistence.claims ?? [];
        return [persistence.enabled ?? persistence.volumeClaimsEnabled, (claim ?? persistence).size];
      });
    };
    expect(sizesOf("monolithic", ["monolithic"])).toEqual([[true, "33Gi"]]);
    expect(sizesOf("simple-scalable", ["write", "backend"])).toEqual(Array(2).fill([true, "33Gi"]));
    const distributed = ["ingester", "indexGateway", "compactor", "ruler", "patternIngester"];
    expect(sizesOf("distributed", distributed)).toEqual(Array(5).fill([true, "33Gi"]));
    // The chart has a claim of its own there, which would win.
    const { patternIngester } = values({ mode: "distributed", patterns: true, components: { patternIngester: { disk: "33Gi" } } });
    expect(patternIngester.persistence.claims).toEqual([]);
  });

  it("never let a volume go with its StatefulSet", () => {
    for (const mode of modes)
      expect(JSON.stringify(values({ mode, size: "production" }))).not.toMatch(/"(?:whenDeleted|whenScaled)":"Delete"|AutoDeletePVC":true/);
  });

  it("hand keys over by the Secret's name alone, restart the pods when they change, and mount the authority", () => {
    const { defaults, loki, serviceAccount } = values();
    expect(defaults.extraEnvFrom).toEqual([{ secretRef: { name: "loki-store" } }]);
    expect(loki.podAnnotations).toEqual({ "granary.dev/credentials-revision": "1" });
    expect(defaults.extraVolumes).toEqual([
      { name: "store-ca", secret: { secretName: "granary-rgw-ca", items: [{ key: "ca.crt", path: "ca.crt" }] } },
    ]);
    expect(serviceAccount).toEqual({ name: "loki", automountServiceAccountToken: false });
  });

  it("bind the service account to its role, with no Secret, where the binding is IRSA", () => {
    const roleArn = "arn:aws:iam::111122223333:role/loki" as never;
    const chunks = { ...cephBinding("logs"), credentials: { kind: "irsa" as const, roleArn } };
    const { serviceAccount, defaults } = values({}, [], { chunks });
    expect(serviceAccount.annotations).toEqual({ "eks.amazonaws.com/role-arn": roleArn });
    expect(defaults.extraEnvFrom).toBeUndefined();
  });

  it("size the one volume for everything where the store is a disk", () => {
    const disk = { ...diskBinding, storageClass: "local-path" };
    expect(values({}, [], { chunks: disk, ruler: disk }).singleBinary.persistence).toMatchObject({
      size: "50Gi",
      storageClass: "local-path",
    });
  });

  it("keep the claim of the volume as it is when the store moves from it to a bucket, given its size and class", () => {
    const disk = { ...diskBinding, storageClass: "fast" };
    const before = values({}, [], { chunks: disk, ruler: disk }).singleBinary.persistence;
    expect(values({ storageClass: "fast", components: { monolithic: { disk: "50Gi" } } }).singleBinary.persistence).toEqual(before);
  });

  it("read no Secrets of the cluster and get no API token", () => {
    for (const mode of modes) {
      const given = values({ mode });
      expect(given.sidecar.rules.enabled).toBe(false);
      expect(given.rbac.namespaced).toBe(true);
      expect(given.defaults.automountServiceAccountToken).toBe(false);
    }
  });

  it("let a disruption take one pod of several, and spread those over zones", () => {
    const { singleBinary } = values({ size: "production" });
    expect(singleBinary.podDisruptionBudget).toEqual({ enabled: true, maxUnavailable: 1 });
    expect(singleBinary.topologySpreadConstraints[0].labelSelector.matchLabels["app.kubernetes.io/component"]).toBe("single-binary");
    expect(values().singleBinary.podDisruptionBudget).toBeUndefined();
  });

  it.each([
    ["1Gi", 60],
    ["2Gi", 62],
    ["4Gi", 123],
    ["32Gi", 300],
  ])("give a writer with %s of memory the time to upload what that holds: %i s", (memory, seconds) => {
    const components = { resources: { limits: { memory } } };
    expect(values({ components: { monolithic: components } }).singleBinary.terminationGracePeriodSeconds).toBe(seconds);
    const { write, read, backend } = values({ mode: "simple-scalable", components: { write: components } });
    expect(write.terminationGracePeriodSeconds).toBe(seconds);
    expect([read, backend].map((one) => one.terminationGracePeriodSeconds)).toEqual([undefined, undefined]);
    expect(values({ mode: "distributed", components: { ingester: components } }).ingester.terminationGracePeriodSeconds).toBe(seconds);
  });

  it("replace a single pod only when its successor is ready, and several one at a time on the nodes that they have", () => {
    const strategies = (config: object, key: string) => {
      const { read, gateway } = values({ mode: "simple-scalable", ...config });
      return [read.strategy, gateway.deploymentStrategy].map((strategy) => strategy.rollingUpdate[key]);
    };
    expect(strategies({ size: "homelab" }, "maxSurge")).toEqual([1, 1]);
    expect(strategies({ size: "homelab" }, "maxUnavailable")).toEqual([0, 0]);
    expect(strategies({ size: "production" }, "maxSurge")).toEqual([0, 0]);
    expect(strategies({ size: "production" }, "maxUnavailable")).toEqual([1, 1]);
  });

  it("keep replicas on different nodes by the chart's own rule, and where the cluster is small only if there are others", () => {
    const required = (component: { affinity?: { podAntiAffinity: Record<string, unknown[]> } }) =>
      component.affinity?.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    const large = values({ mode: "simple-scalable", size: "production" });
    const small = values({ mode: "simple-scalable", size: "production" }, [], { spread: "preferred" });
    for (const name of ["write", "read", "gateway"]) expect(required(large[name])).toBeUndefined();
    for (const name of ["write", "read", "backend", "gateway"]) expect(required(small[name])).toEqual([]);
    const [term] = small.write.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution;
    expect(term.podAffinityTerm).toMatchObject({
      labelSelector: { matchLabels: { "app.kubernetes.io/component": "write" } },
      topologyKey: "kubernetes.io/hostname",
    });
    expect(required(large.backend)).toEqual([]);
  });

  it("make whoever comes in by password that tenant and no other", () => {
    const { gateway, loki } = values({}, [{ name: "a", passwordHash: hash }]);
    expect(gateway.basicAuth).toEqual({ enabled: true, existingSecret: "loki-gateway-users" });
    expect(gateway.nginxConfig.locationSnippet).toBe("proxy_set_header X-Scope-OrgID $remote_user;");
    expect(loki.tenants).toBeUndefined();
    expect(JSON.stringify(values({}, [{ name: "a", passwordHash: hash }]))).not.toContain(hash);
    expect(values({ gateway: { existingSecret: "doors" } }, [{ name: "a" }]).gateway.basicAuth.existingSecret).toBe("doors");
  });

  it("let through the gateway what is a tenant's, by the path that nginx understands and by the path that it hands on", () => {
    const { serverSnippet } = values().gateway.nginxConfig;
    const lines = serverSnippet.trim().split("\n");
    expect(lines.map((line: string) => line.split(" ")[1])).toEqual(["($uri", "($request_uri"]);
    for (const line of lines) {
      const [, pattern] = /!~ "([^"]+)"\) \{ return 403; \}$/.exec(line) ?? [];
      const passes = (path: string) => new RegExp(pattern ?? "").test(path);
      expect(["/", "/loki/api/v1/push", "/api/prom/push", "/otlp/v1/logs", "/prometheus/api/v1/rules"].filter(passes)).toHaveLength(5);
      const others = ["/flush", "/ingester/shutdown", "/ingester/prepare_shutdown", "/config", "/ring", "/memberlist", "/compactor/ring"];
      expect(others.filter(passes)).toEqual([]);
    }
  });

  it("hold caches in which a chunk fits", () => {
    const { chunksCache, resultsCache } = values({ size: "production", chunks: { targetSize: "6Mi" } });
    expect(chunksCache).toEqual({ enabled: true, replicas: 1, allocatedMemory: 1024, maxItemMemory: 12 });
    expect(resultsCache).toMatchObject({ enabled: true, allocatedMemory: 256 });
    expect(values().chunksCache).toEqual({ enabled: false });
  });

  it("lay the user's own values over all of this, last", () => {
    const { singleBinary } = values({ extraValues: { singleBinary: { replicas: 5, nodeSelector: { disk: "fast" } } } });
    expect(singleBinary).toMatchObject({ replicas: 5, nodeSelector: { disk: "fast" }, persistence: { size: "10Gi" } });
  });

  describeChart("loki", "exist in the chart", (known) => {
    const tenants = [{ name: "a", passwordHash: hash, logs: { retention: "7d" } }];
    const irsa = { ...cephBinding("logs"), credentials: { kind: "irsa" as const, roleArn: "arn" as never } };
    it.each(modes.flatMap((mode) => ["homelab", "production"].map((size) => [mode, size])))("%s, %s", (mode, size) => {
      expect(unknownPaths(values({ mode, size, storageClass: "fast" }, tenants), known)).toEqual([]);
      expect(unknownPaths(values({ mode, size, gateway: { enabled: false } }, [], { chunks: irsa }), known)).toEqual([]);
    });
    it("and one that does not would be found", () => {
      expect(unknownPaths({ singleBinary: { replicas: 1, replica: 1 } }, known)).toEqual(["singleBinary.replica"]);
    });
  });
});

const none = {
  singleBinary: 0,
  write: 0,
  read: 0,
  backend: 0,
  distributor: 0,
  ingester: 0,
  querier: 0,
  queryFrontend: 0,
  queryScheduler: 0,
  indexGateway: 0,
  compactor: 0,
  ruler: 0,
  patternIngester: 0,
};
const isComponent = (key: string): key is keyof typeof none => key in none;
