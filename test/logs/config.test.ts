import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { lokiConfig } from "../../components/logs/config";
import { runtimeConfig } from "../../components/logs/config/limits";
import type { LokiInput } from "../../components/logs/input";
import { gracePeriod } from "../../components/logs/shutdown";
import { cephBinding, diskBinding, lokiInput } from "./fixture";

const rendered = (input: LokiInput) => parse(lokiConfig(input), { version: "1.1" });

describe("Loki's configuration", () => {
  it("is the same text for the same input, and no key stands in it", () => {
    expect(lokiConfig(lokiInput())).toBe(lokiConfig(lokiInput()));
    expect(lokiConfig(lokiInput())).not.toMatch(/access_key|secret|\$\{|\{\{/);
  });

  it("reaches the store as its binding says: host, region, addressing, TLS and whom to trust", () => {
    expect(rendered(lokiInput()).storage_config.object_store.s3).toMatchObject({
      bucket_name: "granary-loki-chunks",
      endpoint: "rook-ceph-rgw-granary.rook-ceph.svc:443",
      region: "us-east-1",
      bucket_lookup_type: "path",
      insecure: false,
      native_aws_auth_enabled: false,
      http: { tls_ca_path: "/etc/granary/store-ca/ca.crt" },
    });
    expect(rendered(lokiInput()).ruler_storage.s3.bucket_name).toBe("granary-loki-ruler");
  });

  it("asks AWS for the pod's role where the binding is an identity", () => {
    const chunks = { ...cephBinding("logs"), credentials: { kind: "pod-identity" as const, roleArn: undefined as never } };
    expect(rendered(lokiInput({}, [], { chunks })).storage_config.object_store.s3.native_aws_auth_enabled).toBe(true);
  });

  it("keeps several purposes apart in one bucket by prefix, which Loki takes without slashes", () => {
    const shared = (prefix: string) => ({ ...cephBinding("granary"), prefix });
    const config = rendered(lokiInput({}, [], { chunks: shared("loki-chunks/"), ruler: shared("loki-ruler/") }));
    expect(config.storage_config.object_store.storage_prefix).toBe("loki-chunks");
    expect(config.ruler_storage.storage_prefix).toBe("loki-ruler");
  });

  it("keeps everything on the volume where the store is a disk", () => {
    const config = rendered(lokiInput({}, [], { chunks: diskBinding, ruler: diskBinding }));
    expect(config.schema_config.configs[0].object_store).toBe("filesystem");
    expect(config.compactor.delete_request_store).toBe("filesystem");
    expect(config.storage_config.object_store).toEqual({ filesystem: { dir: "/var/loki/chunks" } });
    expect(config.ruler_storage).toEqual({ backend: "filesystem", filesystem: { dir: "/var/loki/rules" } });
  });

  it("has dates that move by nobody's clock, and appends periods", () => {
    const schema = [
      { from: "2024-04-01", store: "filesystem" },
      { from: "2026-12-24", added: "2026-12-20" },
    ];
    expect(rendered(lokiInput({ schema })).schema_config.configs).toEqual([
      { from: "2024-04-01", index: { period: "24h", prefix: "index_" }, object_store: "filesystem", schema: "v13", store: "tsdb" },
      { from: "2026-12-24", index: { period: "24h", prefix: "index_" }, object_store: "s3", schema: "v13", store: "tsdb" },
    ]);
  });

  it.each([
    [{ mode: "monolithic" }, 1, "inmemory"],
    [{ mode: "monolithic", components: { monolithic: { replicas: 3 } } }, 3, "memberlist"],
    [{ mode: "simple-scalable" }, 3, "memberlist"],
    [{ mode: "distributed", size: "production" }, 3, "memberlist"],
  ])("%j keeps %i copies of each line in a ring of kind %s", (given, copies, ring) => {
    const config = rendered(lokiInput(given));
    expect(config.common.replication_factor).toBe(copies);
    expect(config.common.ring.kvstore.store).toBe(ring);
    expect(config.memberlist === undefined).toBe(ring === "inmemory");
    expect(config.ingester.sync_period === "0s").toBe(copies === 1);
  });

  it("remembers streams for longer than two checkpoints take, or a crash would cost the lines of those that come back", () => {
    const { ingester } = rendered(lokiInput());
    expect(ingester.wal).toMatchObject({ enabled: true, checkpoint_duration: "5m", flush_on_shutdown: true });
    expect(Number.parseInt(ingester.chunk_retain_period, 10)).toBeGreaterThan(2 * 5);
  });

  it.each([
    [{}, false],
    [{ size: "production" }, true],
    [{ components: { monolithic: { replicas: 5 } } }, true],
    [{ mode: "simple-scalable" }, true],
    [{ mode: "distributed", components: { ingester: { replicas: 4 } } }, true],
  ])("forgets dead ingesters only where there are others to remember them: %j", (given, forgets) => {
    expect(rendered(lokiInput(given)).ingester.autoforget_unhealthy).toBe(forgets);
  });

  it("tries the store several times more within the shortest grace period", () => {
    const { max_period } = rendered(lokiInput()).ingester.flush_op_backoff;
    expect(5 * Number.parseInt(max_period, 10)).toBeLessThan(gracePeriod(lokiInput().config));
  });

  it("gossips only with its own kind", () => {
    expect(rendered(lokiInput({ mode: "distributed" })).memberlist).toMatchObject({
      cluster_label: "observability-loki",
      join_members: ["loki-memberlist.observability.svc.cluster.local:7946"],
    });
  });

  it("finds the programs of each mode under the names that the chart gives their services", () => {
    const host = (name: string) => `${name}.observability.svc.cluster.local`;
    const scalable = rendered(lokiInput({ mode: "simple-scalable" }));
    expect(scalable.common.compactor_grpc_address).toBe(`${host("loki-backend")}:9095`);
    expect(scalable.storage_config.tsdb_shipper.index_gateway_client.server_address).toBe(`dns+${host("loki-backend-headless")}:9095`);
    const distributed = rendered(lokiInput({ mode: "distributed" }));
    expect(distributed.common.compactor_grpc_address).toBe(`${host("loki-compactor")}:9095`);
    expect(distributed.frontend.scheduler_address).toBe(`${host("loki-query-scheduler-headless")}:9095`);
    expect(distributed.frontend_worker.scheduler_address).toBe(`${host("loki-query-scheduler-headless")}:9095`);
    expect(distributed.frontend.tail_proxy_url).toBe(`http://${host("loki-querier")}:3100`);
    expect(rendered(lokiInput()).frontend.scheduler_address).toBeUndefined();
  });

  it("retains by tenant and by stream, and deletes later", () => {
    const streams = [{ selector: '{namespace="audit"}', keep: "90d" }];
    const input = lokiInput({ retention: "30d", compactor: { streams, deleteDelay: "3h" } }, [{ name: "a", logs: { retention: "60d" } }]);
    const config = rendered(input);
    expect(config.limits_config).toMatchObject({
      retention_period: "720h",
      retention_stream: [{ selector: '{namespace="audit"}', period: "2160h", priority: 1 }],
    });
    expect(config.compactor).toMatchObject({ retention_enabled: true, retention_delete_delay: "3h", delete_request_store: "s3" });
    expect(runtimeConfig(input)).toEqual({ overrides: { a: { retention_period: "1440h" } } });
  });

  it("lets each tenant look back as far as its longest stream is kept, and no further", () => {
    const tenants = [{ name: "a", logs: { retention: "60d" } }, { name: "b" }, { name: "c", logs: { retention: "120d" } }];
    const lookback = (config: unknown) => {
      const input = lokiInput(config, tenants);
      const { limits_config } = rendered(input);
      const overrides = (runtimeConfig(input).overrides ?? {}) as Record<string, Record<string, string>>;
      const own = tenants.map(({ name }) => overrides[name]?.max_query_lookback ?? limits_config.max_query_lookback);
      return [...own, limits_config.max_query_length];
    };
    expect(lookback({ retention: "30d" })).toEqual(["1440h", "720h", "2880h", "2881h"]);
    const streams = [{ selector: '{namespace="audit"}', keep: "90d" }];
    expect(lookback({ retention: "30d", compactor: { streams } })).toEqual(["2160h", "2160h", "2880h", "2881h"]);
  });

  it("tells Loki of each tenant what differs from the stack, with what follows from it", () => {
    const overrides = (logs: unknown, config: unknown = {}) => {
      const input = lokiInput(config, [{ name: "a", logs }]);
      return (runtimeConfig(input).overrides as Record<string, unknown> | undefined)?.a;
    };
    expect(overrides({ ingestionRate: "1Mi" })).toEqual({
      ingestion_burst_size_mb: 2,
      ingestion_rate_mb: 1,
      per_stream_rate_limit: "1MB",
      per_stream_rate_limit_burst: "4MB",
    });
    expect(overrides({ ingestionRate: "20Mi", ingestionBurst: "60Mi" })).toEqual({ ingestion_burst_size_mb: 60, ingestion_rate_mb: 20 });
    expect(overrides({ retention: "3d", maxStreams: 5 })).toEqual({
      max_global_streams_per_user: 5,
      max_query_lookback: "72h",
      reject_old_samples_max_age: "72h",
      retention_period: "72h",
    });
    const strict = { retention: "3d", limits: { rejectOlderThan: "2d", streamRate: "3Mi", streamBurst: "6Mi", ingestionBurst: "64Mi" } };
    expect(overrides({ retention: "30d", ingestionRate: "2Mi" }, strict)).toEqual({
      ingestion_burst_size_mb: 4,
      ingestion_rate_mb: 2,
      max_query_lookback: "720h",
      per_stream_rate_limit: "2MB",
      retention_period: "720h",
    });
    expect(overrides({ retention: "1d" }, strict)).toMatchObject({ reject_old_samples_max_age: "24h" });
    expect(overrides({ retention: "30d" }, { retention: "3d" })).toMatchObject({ reject_old_samples_max_age: "168h" });
    expect(overrides({ retention: "30d", ingestionRate: "16Mi" })).toBeUndefined();
  });

  it("bounds the pieces of a query by the number that Loki asks for with this index", () => {
    expect(rendered(lokiInput({ queries: { parallelism: 7 } })).limits_config).toMatchObject({
      max_query_parallelism: 7,
      tsdb_max_query_parallelism: 7,
    });
  });

  it("keeps tenants apart as soon as there are any", () => {
    expect(rendered(lokiInput()).auth_enabled).toBe(false);
    expect(rendered(lokiInput({}, [{ name: "a", passwordHash: "x" }])).auth_enabled).toBe(true);
  });

  it("writes sizes in the notations that Loki reads as powers of two", () => {
    const config = rendered(lokiInput({ limits: { ingestionRate: "10Mi", streamRate: "3Mi", maxLineSize: "100Ki" } }));
    expect(config.limits_config).toMatchObject({ ingestion_rate_mb: 10, per_stream_rate_limit: "3MB", max_line_size: "100KB" });
  });

  it("lets limits follow from one another as long as nobody says otherwise", () => {
    expect(rendered(lokiInput({ retention: "3d", limits: { ingestionRate: "2Mi" } })).limits_config).toMatchObject({
      ingestion_burst_size_mb: 4,
      per_stream_rate_limit: "2MB",
      per_stream_rate_limit_burst: "8MB",
      reject_old_samples_max_age: "72h",
    });
    expect(rendered(lokiInput()).limits_config).toMatchObject({ per_stream_rate_limit: "5MB", reject_old_samples_max_age: "168h" });
    expect(rendered(lokiInput({ chunks: { age: "1h" } })).ingester).toMatchObject({ chunk_idle_period: "1h", max_chunk_age: "1h" });
  });

  it("uses memcached with the size production, and its own memory with homelab", () => {
    expect(rendered(lokiInput({ size: "production" })).chunk_store_config.chunk_cache_config.memcached_client.addresses).toBe(
      "dnssrvnoa+_memcached-client._tcp.loki-chunks-cache.observability.svc.cluster.local",
    );
    expect(rendered(lokiInput()).chunk_store_config.chunk_cache_config).toEqual({
      embedded_cache: { enabled: true, max_size_mb: 64, ttl: "24h" },
    });
  });

  it("asks the ingesters for as long as lines may still be there alone", () => {
    expect(rendered(lokiInput()).querier.query_ingesters_within).toBe("3h");
    expect(rendered(lokiInput({ chunks: { age: "8h", idle: "1h" } })).querier.query_ingesters_within).toBe("9h");
  });

  it("lays the user's own configuration over all of this, last", () => {
    const extraConfig = { limits_config: { max_query_series: 7 }, tracing: { enabled: true } };
    const config = rendered(lokiInput({ extraConfig }));
    expect(config.limits_config).toMatchObject({ max_query_series: 7, retention_period: "720h" });
    expect(config.tracing).toEqual({ enabled: true });
  });
});
