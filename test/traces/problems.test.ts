import { describe, expect, it } from "vitest";
import type { GranaryConfig } from "../../components/config/schema";
import { tenantsSchema } from "../../components/config/schema/tenants";
import { tracesSchema } from "../../components/config/schema/traces";
import { tracesProblems } from "../../components/traces/problems";

/** Only what the rules about traces look at. */
const problems = (traces: unknown, kind = "aws", storage: object = {}, tenants: unknown = []) =>
  tracesProblems({
    storage: { kind, ...storage },
    traces: tracesSchema.parse(traces),
    tenants: tenantsSchema.parse(tenants),
  } as unknown as GranaryConfig).map(({ path, message }) => `${path} ${message}`);

describe("a configuration of traces", () => {
  it.each([[{}], [{ kind: "tempostack", operator: { replicationFactor: 3 } }], [{ enabled: false, image: { tag: "3.0.3" } }]])(
    "is fine as %j",
    (traces) => expect(problems(traces)).toEqual([]),
  );

  it.each([
    [{ image: { tag: "3.0.3" } }, "granary:traces.image.tag found 3.0.3; the configuration is written for Tempo 2"],
    [{ blocks: { maxDuration: "20d" } }, "granary:traces.blocks.maxDuration is longer than traces.retention"],
    [{ retention: "30m" }, "granary:traces.retention is shorter than 1h"],
    [{ limits: { ingestionBurst: "10Mi" } }, "granary:traces.limits.ingestionBurst is smaller than limits.ingestionRate"],
    [{ limits: { maxTraceSize: "50Mi" } }, "granary:traces.limits.maxTraceSize is larger than limits.ingestionBurst"],
    [
      { limits: { ingestionRate: "1Mi", ingestionBurst: "2Mi", maxTraceSize: "1Mi" } },
      "granary:traces.limits.ingestionBurst is smaller than 4Mi, the largest message that Tempo takes",
    ],
    [{ search: { defaultLimit: 1000 } }, "granary:traces.search.defaultLimit is larger than search.maxLimit"],
    [{ operator: { replicationFactor: 3 } }, "granary:traces.operator.replicationFactor has no effect with kind monolithic"],
    [{ kind: "tempostack", resources: { limits: { memory: "1Gi" } } }, "granary:traces.resources has no effect with kind tempostack"],
    [{ kind: "tempostack", extraValues: { a: 1 } }, "granary:traces.extraValues are for the chart"],
    [{ kind: "tempostack", release: { timeout: "30m" } }, "granary:traces.release has no effect with kind tempostack"],
    [{ release: { wait: false, atomic: true } }, "granary:traces.release.wait found false with release.atomic true"],
    [{ extraConfig: { a: "{{ b }}" } }, "granary:traces.extraConfig contains {{"],
    [{ extraConfig: { multitenancy_enabled: true } }, "granary:traces.extraConfig.multitenancy_enabled is set by tenants"],
  ])("is refused as %j", (traces, expected) => {
    const found = problems(traces);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  it.each([
    [{ retention: "30m" }, "granary:tenants[0].traces.retention is shorter than 1h"],
    [{ retention: "90m" }, "granary:tenants[0].traces.retention is shorter than traces.blocks.maxDuration, after which a block is closed"],
    [
      { ingestionRate: "5Mi", ingestionBurst: "4500Ki", maxTraceSize: "1Mi" },
      "granary:tenants[0].traces.ingestionBurst is smaller than its ingestionRate, 5Mi a second",
    ],
    [{ ingestionBurst: "6Mi" }, "granary:tenants[0].traces.ingestionBurst is smaller than traces.limits.ingestionRate, 15Mi a second"],
    [{ maxTraceSize: "50Mi" }, "granary:tenants[0].traces.maxTraceSize is larger than traces.limits.ingestionBurst, 20Mi"],
    [
      { ingestionRate: "1Mi", ingestionBurst: "2Mi", maxTraceSize: "1Mi" },
      "granary:tenants[0].traces.ingestionBurst is smaller than 4Mi, the largest message that Tempo takes: its sender would try again for ever",
    ],
    [
      { ingestionRate: "1Mi", ingestionBurst: "4500Ki" },
      "granary:tenants[0].traces.ingestionBurst is smaller than traces.limits.maxTraceSize, 5Mi",
    ],
  ])("holds a tenant's own settings to the same rules: %j", (traces, expected) => {
    const stack = { blocks: { maxDuration: "retention" in traces && traces.retention === "90m" ? "2h" : "30m" } };
    expect(problems(stack, "aws", {}, [{ name: "a", traces }])).toEqual([expected]);
    expect(problems({ ...stack, enabled: false }, "aws", {}, [{ name: "a", traces }])).toEqual([]);
  });

  it("names the authority of a store that has its own, since the operator takes no Secret for it", () => {
    const ca = { secret: { name: "store-ca" } };
    const missing = [expect.stringContaining("granary:traces.operator.caConfigMap is missing")];
    expect(problems({ kind: "tempostack" }, "s3", { ca })).toEqual(missing);
    expect(problems({ kind: "tempostack" }, "rook-ceph", { objectStore: { gateway: { tls: { ca } } } })).toEqual(missing);
    expect(problems({ kind: "tempostack", operator: { caConfigMap: "store-ca" } }, "s3", { ca })).toEqual([]);
    expect(problems({ kind: "tempostack" }, "s3")).toEqual([]);
    expect(problems({}, "s3", { ca })).toEqual([]);
  });

  it("is refused as a TempoStack on a disk", () => {
    expect(problems({ kind: "tempostack" }, "filesystem")).toEqual([expect.stringContaining("granary:traces.kind found tempostack")]);
  });

  it("is refused where the operator would give a tenant's settings to Tempo in a form that does harm", () => {
    const remoteWriteUrl = "http://prometheus:9090/api/v1/write";
    const tenants = [{ name: "a" }, { name: "b", traces: { retention: "7d" } }, { name: "c", traces: { maxTraceSize: "1Mi" } }];
    const found = (traces: unknown) => problems(traces, "aws", {}, tenants);
    expect(found({ kind: "tempostack" })).toEqual([
      expect.stringMatching(/^granary:tenants\[2\]\.traces\.maxTraceSize would keep Tempo from starting/),
    ]);
    expect(found({ kind: "tempostack", metricsGenerator: { remoteWriteUrl } })).toEqual([
      expect.stringMatching(/^granary:tenants\[1\]\.traces would end the metrics of this tenant's spans/),
      expect.stringMatching(/^granary:tenants\[2\]\.traces\.maxTraceSize /),
      expect.stringMatching(/^granary:tenants\[2\]\.traces /),
    ]);
    expect(found({ metricsGenerator: { remoteWriteUrl } })).toEqual([]);
  });
});
