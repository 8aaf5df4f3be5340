import { describe, expect, it } from "vitest";
import type { GranaryConfig } from "../../components/config/schema";
import { clusterSchema } from "../../components/config/schema/cluster";
import { logsSchema } from "../../components/config/schema/logs";
import { tenantsSchema } from "../../components/config/schema/tenants";
import { logsProblems } from "../../components/logs/problems";

const hash = `$2y$10$${"a".repeat(53)}`;

/** Only what the rules about logs look at. */
function problems(logs: unknown, { kind = "aws", tenants = [] as unknown, volumes = {}, cluster = {} } = {}) {
  const config = {
    storage: { kind, volumes },
    logs: logsSchema.parse(logs),
    tenants: tenantsSchema.parse(tenants),
    cluster: clusterSchema.parse(cluster),
  } as unknown as GranaryConfig;
  return logsProblems(config).map(({ path, message }) => `${path} ${message}`);
}

describe("a configuration of logs", () => {
  it.each([
    [{}],
    [{ mode: "simple-scalable", size: "production" }],
    [{ mode: "distributed", size: "production" }],
    [{ size: "production", image: { tag: "3.6.16" } }],
    [{ retention: "3d", limits: { ingestionRate: "2Mi" }, chunks: { age: "1h" } }],
    [{ schema: [{ from: "2024-04-01" }, { from: "2026-12-24", added: "2026-12-20" }] }],
  ])("is fine as %j", (logs) => expect(problems(logs)).toEqual([]));

  it.each([
    [{ image: { tag: "3.7.6" } }, "granary:logs.image.tag Loki 3.7.6 uploads with trailing checksums"],
    [{ image: { tag: "3.6.11" } }, "granary:logs.image.tag Loki 3.6.11 uploads"],
    [
      { components: { monolithic: { replicas: 2 } } },
      "granary:logs.components.monolithic.replicas found 2; with two copies the loss of one",
    ],
    [
      { mode: "simple-scalable", components: { write: { replicas: 1 } } },
      "granary:logs.components.write.replicas found 1; mode simple-scalable keeps three copies",
    ],
    [
      { mode: "distributed", components: { ingester: { replicas: 2 } } },
      "granary:logs.components.ingester.replicas found 2; mode distributed",
    ],
    [
      { mode: "distributed", components: { compactor: { replicas: 2 } } },
      "granary:logs.components.compactor.replicas only one compactor may run",
    ],
    [
      { components: { write: { replicas: 3 } } },
      "granary:logs.components.write does not run with mode monolithic; these do: monolithic, gateway",
    ],
    [
      { mode: "distributed", ruler: { enabled: false }, components: { ruler: { replicas: 1 } } },
      "granary:logs.components.ruler does not run",
    ],
    [
      { chunks: { targetSize: "64Mi" } },
      "granary:logs.chunks.targetSize is too large for monolithic: a quarter of its memory holds 4 such chunks",
    ],
    [{ chunks: { idle: "4h" } }, "granary:logs.chunks.idle is longer than chunks.age"],
    [{ chunks: { age: "48h" } }, "granary:logs.chunks.age is longer than 24h"],
    [{ retention: "12h", limits: { rejectOlderThan: "6h" } }, "granary:logs.retention is shorter than 24h"],
    [{ compactor: { streams: [{ selector: '{a="b"}', keep: "1h" }] } }, "granary:logs.compactor.streams[0].keep is shorter than 24h"],
    [{ retention: "3d", limits: { rejectOlderThan: "7d" } }, "granary:logs.limits.rejectOlderThan is longer than logs.retention"],
    [{ limits: { ingestionBurst: "1Mi" } }, "granary:logs.limits.ingestionBurst is smaller than limits.ingestionRate"],
    [{ limits: { streamBurst: "1Mi" } }, "granary:logs.limits.streamBurst is smaller than limits.streamRate"],
    [{ limits: { streamRate: "20Mi" } }, "granary:logs.limits.streamRate is larger than limits.ingestionRate"],
    [{ size: "production", caches: { chunks: { memory: "16Mi" } } }, "granary:logs.caches.chunks.memory holds fewer than 16 chunks"],
    [{ extraConfig: { ruler: { external_url: "{{ .Values.x }}" } } }, "granary:logs.extraConfig contains {{"],
    [{ extraConfig: { schema_config: {} } }, "granary:logs.extraConfig.schema_config is set by logs.schema"],
    [{ extraConfig: { auth_enabled: true } }, "granary:logs.extraConfig.auth_enabled is set by tenants"],
    [
      { schema: [{ from: "2024-04-01" }, { from: "2024-04-01", added: "2024-01-01" }] },
      "granary:logs.schema[1].from found 2024-04-01; periods follow one another",
    ],
    [{ schema: [{ from: "2024-04-01" }, { from: "2026-12-24" }] }, "granary:logs.schema[1].added is missing"],
    [
      { schema: [{ from: "2024-04-01" }, { from: "2026-12-24", added: "2026-12-24" }] },
      "granary:logs.schema[1].from found 2026-12-24; a period appended on 2026-12-24 must begin later",
    ],
  ])("is refused as %j", (logs, expected) => {
    const found = problems(logs);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  it.each([
    ["simple-scalable", "read"],
    ["distributed", "distributor"],
    ["distributed", "querier"],
    ["distributed", "queryFrontend"],
    ["distributed", "queryScheduler"],
    ["monolithic", "gateway"],
  ])("is refused with a disk in mode %s for %s, which would have none", (mode, component) => {
    expect(problems({ mode, components: { [component]: { disk: "5Gi" } } })).toEqual([
      `granary:logs.components.${component}.disk has no effect: ${component} keeps nothing and has no volume; leave it out`,
    ]);
  });

  it("says the size of its one volume once where the store is a disk", () => {
    const logs = { components: { monolithic: { disk: "50Gi" } } };
    expect(problems(logs, { kind: "filesystem" })).toEqual([]);
    expect(problems(logs, { kind: "filesystem", volumes: { "loki-chunks": { size: { bytes: 1 } } } })).toEqual([
      expect.stringContaining("granary:logs.components.monolithic.disk is said by storage.volumes.loki-chunks.size as well"),
    ]);
  });

  it.each([
    [{ ruler: { enabled: false, alertmanagerUrl: "http://a:9093" } }, "granary:logs.ruler.alertmanagerUrl has no effect without the ruler"],
    [{ ruler: { enabled: false, remoteWriteUrl: "http://p:9090/w" } }, "granary:logs.ruler.remoteWriteUrl has no effect without the ruler"],
    [{ gateway: { enabled: false, existingSecret: "doors" } }, "granary:logs.gateway.existingSecret has no effect without the gateway"],
    [
      { gateway: { enabled: false }, components: { gateway: { replicas: 2 } } },
      "granary:logs.components.gateway does not run without gateway.enabled; these do: monolithic",
    ],
  ])("is refused where it sets what is switched off: %j", (logs, expected) => {
    expect(problems(logs)).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    [{ mode: "simple-scalable" }, "granary:logs.mode found simple-scalable; storage kind filesystem"],
    [
      { components: { monolithic: { replicas: 3 } } },
      "granary:logs.components.monolithic.replicas found more than 1; storage kind filesystem",
    ],
  ])("is refused on a disk as %j", (logs, expected) => {
    const found = problems(logs, { kind: "filesystem" });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  it.each([
    [{ nodes: 1 }, {}],
    [{ nodes: 3 }, { mode: "distributed", size: "production" }],
    [{ nodes: 1, spread: "preferred" }, { mode: "simple-scalable" }],
    [{}, { mode: "simple-scalable" }],
  ])("fits a cluster of %j as %j", (cluster, logs) => expect(problems(logs, { cluster })).toEqual([]));

  it.each([
    [{ mode: "simple-scalable" }, 2, "write has 3 replicas"],
    [{ mode: "distributed", components: { querier: { replicas: 5 } } }, 4, "querier has 5 replicas"],
    [{ components: { gateway: { replicas: 2 } } }, 1, "gateway has 2 replicas"],
  ])("is refused as %j on %i nodes, where %s that must not share one", (logs, nodes, what) => {
    expect(problems(logs, { cluster: { nodes } })).toEqual([
      `granary:cluster.nodes found ${nodes}, but ${what}, and each needs a node of its own; add nodes, set granary:cluster.spread to preferred, or run fewer replicas`,
    ]);
  });

  it("can't undo an update that it doesn't wait for", () => {
    expect(problems({ release: { wait: false } })).toEqual([]);
    expect(problems({ release: { wait: false, atomic: true } })).toEqual([
      expect.stringContaining("granary:logs.release.wait found false with release.atomic true"),
    ]);
  });

  it("must tell the gateway how to know every tenant, in one of two ways", () => {
    const tenants = [{ name: "a", passwordHash: hash }, { name: "b" }];
    expect(problems({}, { tenants })).toEqual([expect.stringContaining("granary:tenants[1].passwordHash is missing")]);
    expect(problems({ gateway: { enabled: false } }, { tenants })).toEqual([]);
    expect(problems({ gateway: { existingSecret: "doors" } }, { tenants })).toEqual([
      expect.stringContaining("granary:logs.gateway.existingSecret excludes"),
    ]);
    expect(problems({ gateway: { existingSecret: "doors" } }, { tenants: [{ name: "a" }] })).toEqual([]);
  });

  it("is told of a password in place of its hash without the password", () => {
    const found = problems({}, { tenants: [{ name: "a", passwordHash: "correct horse" }] });
    expect(found).toEqual([expect.stringContaining("granary:tenants[0].passwordHash is not a bcrypt hash")]);
    expect(found.join()).not.toContain("correct horse");
  });

  it.each([
    [{ retention: "1h" }, "granary:tenants[0].logs.retention is shorter than 24h, the least that Loki's compactor can keep apart"],
    [
      { ingestionRate: "4Mi", ingestionBurst: "2Mi" },
      "granary:tenants[0].logs.ingestionBurst is smaller than its ingestionRate, 4Mi a second",
    ],
    [{ ingestionBurst: "2Mi" }, "granary:tenants[0].logs.ingestionBurst is smaller than logs.limits.ingestionRate, 16Mi a second"],
  ])("holds a tenant's own settings to the same rules: %j", (logs, expected) => {
    expect(problems({ gateway: { enabled: false } }, { tenants: [{ name: "a", logs }] })).toEqual([expected]);
  });

  it("lets a tenant say less than the stack, and the rest gives way", () => {
    const logs = { gateway: { enabled: false }, limits: { rejectOlderThan: "7d", streamRate: "10Mi", ingestionBurst: "32Mi" } };
    expect(problems(logs, { tenants: [{ name: "a", logs: { retention: "3d", ingestionRate: "1Mi" } }] })).toEqual([]);
  });

  it.each(["index", "fake", "rules", "single-tenant"])("may not call a tenant %s, which means something else in the bucket", (name) => {
    expect(problems({ gateway: { enabled: false } }, { tenants: [{ name }] })).toEqual([
      `granary:tenants[0].name found ${name}, which Loki and Tempo use for objects of their own; choose another`,
    ]);
  });

  it("may not name a tenant twice", () => {
    const tenants = [{ name: "a" }, { name: "a" }];
    expect(problems({ gateway: { enabled: false } }, { tenants })).toEqual([
      expect.stringContaining("granary:tenants[1].name found a, which is there already"),
    ]);
  });
});
