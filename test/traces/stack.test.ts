import { describe, expect, it } from "vitest";
import { roleSecret, tempoStackSpec } from "../../components/traces/stack";
import { cephBinding, diskBinding } from "../logs/fixture";
import { tempoInput } from "./fixture";

const spec = (...input: Parameters<typeof tempoInput>) =>
  tempoStackSpec(tempoInput({ kind: "tempostack", ...(input[0] as object) }, input[1], input[2]), "tempo-store");

describe("a TempoStack", () => {
  it("says aloud that its keys are static or that it has a role: the operator guesses wrong", () => {
    expect(spec().storage.secret).toEqual({ credentialMode: "static", name: "tempo-store", type: "s3" });
    const identity = { ...cephBinding("traces"), credentials: { kind: "irsa" as const, roleArn: "arn" as never } };
    expect(spec({}, [], identity).storage.secret.credentialMode).toBe("token");
  });

  it("leaves network policies to Granary: the operator's own would open Tempo to every pod", () => {
    expect(spec().networkPolicy).toEqual({ enabled: false });
  });

  it("has a role's secret without a key", () => {
    expect(roleSecret(cephBinding("traces"), "arn:aws:iam::111122223333:role/tempo")).toEqual({
      bucket: "traces",
      region: "us-east-1",
      role_arn: "arn:aws:iam::111122223333:role/tempo",
    });
  });

  it("turns TLS on for an endpoint that has it: otherwise the operator speaks plain http to it", () => {
    expect(spec().storage.tls).toEqual({ enabled: true });
    expect(spec({ operator: { caConfigMap: "store-ca" } }).storage.tls).toEqual({ enabled: true, caName: "store-ca" });
    const binding = cephBinding("traces");
    expect(spec({}, [], { ...binding, endpoint: { ...binding.endpoint, tls: false } }).storage.tls).toEqual({ enabled: false });
  });

  const tenants = [
    { name: "a", traces: { retention: "7d", ingestionRate: "1Mi" } },
    { name: "b" },
    { name: "c", traces: { retention: "7d" } },
  ];
  const limitsOf = (rate: number, burst: number) => ({
    ingestion: { ingestionBurstSizeBytes: burst * 2 ** 20, ingestionRateLimitBytes: rate * 2 ** 20, maxTracesPerUser: 10_000 },
    query: { maxBytesPerTagValues: 5_000_000 },
  });

  it("retains and limits by tenant, and keeps tenants apart", () => {
    const given = spec({}, tenants);
    expect(given.retention).toEqual({ global: { traces: "336h" }, perTenant: { a: { traces: "168h" }, c: { traces: "168h" } } });
    expect(given.extraConfig?.tempo).toMatchObject({ multitenancy_enabled: true });
    expect(spec().extraConfig?.tempo).not.toHaveProperty("multitenancy_enabled");
  });

  it("gives all limits to whoever has a retention or a limit of his own: the rest would be zero, and nothing taken in", () => {
    expect(spec({}, tenants).limits?.perTenant).toEqual({ a: limitsOf(1, 5), c: limitsOf(15, 20) });
    expect(spec().limits).not.toHaveProperty("perTenant");
  });

  it("limits the size of a trace for everybody, not by tenant: the operator writes that where Tempo refuses it", () => {
    const { limits } = spec({}, tenants);
    expect(limits?.global?.ingestion?.maxBytesPerTrace).toBe(5 * 2 ** 20);
    expect(JSON.stringify(limits?.perTenant)).not.toContain("maxBytesPerTrace");
  });

  it("writes where its bucket is shared below its prefix, and signs for the store's region without having to ask for it", () => {
    const binding = { ...cephBinding("shared"), prefix: "tempo-traces/" };
    expect(spec({}, [], binding).extraConfig?.tempo).toMatchObject({
      storage: { trace: { s3: { prefix: "tempo-traces", region: "us-east-1", forcepathstyle: true } } },
    });
    expect(JSON.stringify(spec().extraConfig)).not.toContain("prefix");
  });

  it("closes blocks as the chart's Tempo does, and uploads them when it stops", () => {
    expect(spec({ blocks: { maxDuration: "10m" } }).extraConfig?.tempo).toMatchObject({
      ingester: { flush_all_on_shutdown: true, max_block_bytes: 500 * 2 ** 20, max_block_duration: "10m" },
    });
  });

  it("runs the image that the stack names", () => {
    expect(spec().images).toEqual({ tempo: "docker.io/grafana/tempo:2.10.8" });
    expect(spec({ image: { registry: "mirror.example.com", tag: "2.10.7" } }).images).toEqual({
      tempo: "mirror.example.com/grafana/tempo:2.10.7",
    });
    const digest = `sha256:${"0".repeat(64)}`;
    expect(spec({ image: { digest } }).images?.tempo).toBe(`docker.io/grafana/tempo:2.10.8@${digest}`);
  });

  it("has room for three copies in production and shows Jaeger's UI when asked", () => {
    expect(spec({ size: "production" })).toMatchObject({ replicationFactor: 3, storageSize: "20Gi" });
    expect(spec({ jaegerUi: true }).template?.queryFrontend?.jaegerQuery).toEqual({ enabled: true });
  });

  it("makes metrics only where there is somewhere to write them", () => {
    expect(spec().template?.metricsGenerator).toBeUndefined();
    expect(spec({ metricsGenerator: { remoteWriteUrl: "http://p/api" } }).template?.metricsGenerator).toEqual({
      enabled: true,
      processors: ["service-graphs", "span-metrics"],
      remoteWriteURLs: ["http://p/api"],
    });
  });

  it("is refused on a disk", () => {
    expect(() => spec({}, [], diskBinding)).toThrow("A TempoStack needs an object store");
  });
});
